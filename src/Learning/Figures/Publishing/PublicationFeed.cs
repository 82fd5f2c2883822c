using System.Xml.Linq;

using Learning.Messages;
using Learning.People;
using Learning.Time;

namespace Learning.Figures.Publishing;

/// <summary>What has been published, as an Atom feed: an entry for each published revision, the newest first, each at an address that stays.</summary>
public sealed class PublicationFeed(Signings signings, Letterhead letterhead, Zone zone)
{
    private const int Most = 50;
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    /// <summary>The feed, for everybody.</summary>
    public async Task<string> WriteAsync(CancellationToken stop)
    {
        var site = letterhead.Site.GetLeftPart(UriPartial.Authority);
        var published = new List<(Signing Signing, string Title)>();
        foreach (var name in (await signings.NewestAsync(Actor.Nobody, stop)).Keys)
        {
            var report = (await signings.FindAsync(name, null, Actor.Nobody, stop))!;
            foreach (var revision in report.Revisions)
            {
                published.Add((revision, (await signings.FindAsync(name, revision.Revision, Actor.Nobody, stop))!.Definition.Title));
            }
        }

        var newest = published.OrderByDescending(one => one.Signing.PublishedAt).Take(Most).ToList();
        var feed = new XElement(Atom + "feed", new XAttribute(XNamespace.Xml + "lang", "en-GB"),
            new XElement(Atom + "id", $"{site}/reports/feed.atom"), new XElement(Atom + "title", $"{letterhead.From.Name}: published training reports"),
            Link("self", "/reports/feed.atom", "application/atom+xml"), Link("alternate", "/reports", "text/html"),
            new XElement(Atom + "updated", Instant(newest.Count == 0 ? zone.Now : newest[0].Signing.PublishedAt!.Value)), new XElement(Atom + "author", new XElement(Atom + "name", letterhead.From.Name)),
            newest.Select(one => Entry(one.Signing, one.Title)));
        return new XDeclaration("1.0", "utf-8", null) + "\n" + feed;

        XElement Entry(Signing signing, string title) => new(Atom + "entry",
            new XElement(Atom + "id", $"{site}/reports/{signing.Report}/r{signing.Revision}"), new XElement(Atom + "title", PlainText.Of($"{title}{(signing.Revision == 1 ? "" : $", revision {signing.Revision}")}")),
            Link("alternate", $"/reports/{signing.Report}/r{signing.Revision}", "text/html"),
            new XElement(Atom + "published", Instant(signing.PublishedAt!.Value)), new XElement(Atom + "updated", Instant(signing.PublishedAt!.Value)),
            new XElement(Atom + "summary", PlainText.Of(signing.Reason is { } reason ? $"Restated as r{signing.Revision}. The reason: {reason}" : $"Signed by {SigningWords.Signer(signing)}, L&D chair.")));

        XElement Link(string rel, string path, string type) => new(Atom + "link", new XAttribute("rel", rel), new XAttribute("type", type), new XAttribute("href", site + path));
    }

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
