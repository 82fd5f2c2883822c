namespace Learning.ELearning;

/// <summary>The contacts that only the place itself can know, by field name: <c>content/programme/local.yaml</c>. A course
/// names the fields that it needs, and is not offered while one of them is empty.</summary>
public sealed record LocalContacts
{
    public bool Illustrative { get; init; }
    public DateOnly? SeenOn { get; init; }
    public IReadOnlyDictionary<string, LocalContact> Fields { get; init; } = new Dictionary<string, LocalContact>();

    public LocalContact? Find(string field) => Fields.TryGetValue(field, out var contact) && !contact.IsEmpty ? contact : null;
}

public sealed record LocalContact
{
    public string Label { get; init; } = "";
    public string Name { get; init; } = "";
    public string? Phone { get; init => field = string.IsNullOrWhiteSpace(value) ? null : value; }
    public string? Email { get; init => field = string.IsNullOrWhiteSpace(value) ? null : value; }
    public string? Link { get; init => field = string.IsNullOrWhiteSpace(value) ? null : value; }
    public string? Note { get; init => field = string.IsNullOrWhiteSpace(value) ? null : value; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Label) || string.IsNullOrWhiteSpace(Name);

    /// <summary>The contact inside a sentence, as Markdown: its name, and what to press.</summary>
    public string Markdown =>
        (Link, Phone, Email) switch
        {
            ({ } link, { } phone, _) => $"[{Name}]({link}), {Dial(phone)}",
            ({ } link, null, _) => $"[{Name}]({link})",
            (null, { } phone, _) => $"{Name}, {Dial(phone)}",
            (null, null, { } email) => $"[{Name}](mailto:{email})",
            _ => Name,
        };

    private static string Dial(string phone) => $"[{phone}](tel:{Telephone.Dial(phone)})";
}

/// <summary>A telephone number as a phone dials it.</summary>
public static class Telephone
{
    public static string Dial(string number) => string.Concat(number.Where(c => char.IsAsciiDigit(c) || c == '+'));
}
