using Microsoft.AspNetCore.Components;

namespace Learning.Web;

/// <summary>
/// What every field has: the name it is posted under, a label, an optional hint, and the mistakes of its form, of which it
/// shows its own. Its id follows from its name, so that the summary can link to it.
/// </summary>
public abstract class FormPart : ComponentBase
{
    /// <summary>The name that the field is posted under, such as "Input.Email".</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>The question, as a label or legend.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>What helps to answer; read out with the field.</summary>
    [Parameter] public string? Hint { get; set; }

    /// <summary>The mistakes of the form.</summary>
    [Parameter] public Mistakes Mistakes { get; set; } = new();

    /// <summary>The label's size: "", "s", "m" or "l".</summary>
    [Parameter] public string Size { get; set; } = "";

    /// <summary>The id of the field, or of its first choice.</summary>
    protected string Id => Mistakes.Id(Name);

    /// <summary>The sentence about this field, or null.</summary>
    protected string? Wrong => Mistakes.For(Name);

    /// <summary>The ids of hint and error, for aria-describedby.</summary>
    protected string? DescribedBy => (Hint, Wrong) switch
    {
        (null, null) => null,
        (_, null) => $"{Id}-hint",
        (null, _) => $"{Id}-error",
        _ => $"{Id}-hint {Id}-error",
    };

    /// <summary>The classes of the group around the field.</summary>
    protected string GroupClass => Wrong is null ? "govuk-form-group" : "govuk-form-group govuk-form-group--error";

    /// <summary>The classes of a label or legend of the wanted size.</summary>
    protected string Sized(string block) => Size.Length == 0 ? block : $"{block} {block}--{Size}";
}
