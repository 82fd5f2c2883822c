using Learning.Messages;

namespace Learning.Web;

/// <summary>Whom this site's messages come from.</summary>
internal static class Letterheads
{
    public static Letterhead Of(Installation installation, SiteSettings settings) =>
        new(new Correspondent(installation.Partnership, installation.Contact), settings.PublicAddress ?? new Uri($"http://127.0.0.1:{settings.Port}"));
}
