using Learning.Catalogue;
using Learning.Time;

namespace Learning.Certificates;

/// <summary>What a certificate says in words, the same on every page and on paper. True of what is known: that somebody attended or completed, never that they are able.</summary>
public static class CertificateWords
{
    /// <summary>What the certificate of somebody erased has in place of their name (P5).</summary>
    public const string Withheld = "Holder withheld";

    public static string Of(CertificateState state) => state switch
    {
        CertificateState.Valid => "Valid", CertificateState.Expires => "Expires soon", CertificateState.Expired => "Expired", CertificateState.Replaced => "Replaced", _ => "Revoked",
    };

    /// <summary>"has completed the e-learning course": what the holder did.</summary>
    public static string Did(CertificateSeen certificate) => certificate.Kind switch
    {
        CourseKind.ELearning => "completed the e-learning course",
        CourseKind.Webinar => "attended the webinar",
        CourseKind.Conference => "attended the conference",
        CourseKind.Forum => "attended the forum",
        _ => "attended the training",
    };

    /// <summary>"3, Safeguarding children: intercollegiate document, fourth edition"; null: none was said.</summary>
    public static string? Level(CertificateSeen certificate) => (certificate.Level, certificate.LevelFramework) switch
    {
        (null, _) => null, ({ } level, null) => level, ({ } level, { } framework) => $"{level} ({framework})",
    };

    /// <summary>"Friday 3 May 2024".</summary>
    public static string Counts(CertificateSeen certificate) => certificate.LastDay is { } last ? $"Until {British.Date(last)}" : "It does not expire";

    public static string? Hours(CertificateSeen certificate) => certificate.CpdHours is { } hours ? hours.ToString("0.##", British.Culture) : null;

    /// <summary>"100% of the learning was together with others".</summary>
    public static string? Participatory(CertificateSeen certificate) => certificate.ParticipatoryShare is { } share ? $"{British.Percent((double)share)} of the learning" : null;
}
