namespace Learning.ELearning.Packages;

/// <summary>What a file is served as, by the ending of its name and by this list alone; the browser is told not to guess. What is not here is bytes that no browser shows.</summary>
internal static class MediaTypes
{
    public const string Unknown = "application/octet-stream";

    private static readonly Dictionary<string, string> ByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        // The pages say themselves in which letters they are written.
        ["html"] = "text/html", ["htm"] = "text/html", ["xhtml"] = "application/xhtml+xml", ["xht"] = "application/xhtml+xml",
        ["js"] = "text/javascript", ["mjs"] = "text/javascript", ["css"] = "text/css", ["json"] = "application/json", ["map"] = "application/json", ["webmanifest"] = "application/manifest+json",
        ["xml"] = "text/xml", ["xsd"] = "text/xml", ["xsl"] = "text/xsl", ["xslt"] = "text/xsl", ["dtd"] = "application/xml-dtd", ["txt"] = "text/plain", ["csv"] = "text/csv", ["md"] = "text/markdown",
        ["svg"] = "image/svg+xml", ["png"] = "image/png", ["jpg"] = "image/jpeg", ["jpeg"] = "image/jpeg", ["jpe"] = "image/jpeg", ["gif"] = "image/gif", ["webp"] = "image/webp", ["avif"] = "image/avif",
        ["bmp"] = "image/bmp", ["ico"] = "image/x-icon", ["cur"] = "image/x-icon", ["tif"] = "image/tiff", ["tiff"] = "image/tiff",
        ["mp4"] = "video/mp4", ["m4v"] = "video/mp4", ["webm"] = "video/webm", ["ogv"] = "video/ogg", ["mov"] = "video/quicktime", ["mpg"] = "video/mpeg", ["mpeg"] = "video/mpeg", ["m3u8"] = "application/vnd.apple.mpegurl", ["ts"] = "video/mp2t",
        ["mp3"] = "audio/mpeg", ["m4a"] = "audio/mp4", ["aac"] = "audio/aac", ["ogg"] = "audio/ogg", ["oga"] = "audio/ogg", ["wav"] = "audio/wav", ["weba"] = "audio/webm", ["flac"] = "audio/flac",
        ["vtt"] = "text/vtt", ["srt"] = "application/x-subrip",
        ["woff"] = "font/woff", ["woff2"] = "font/woff2", ["ttf"] = "font/ttf", ["otf"] = "font/otf", ["eot"] = "application/vnd.ms-fontobject",
        ["wasm"] = "application/wasm", ["pdf"] = "application/pdf", ["swf"] = "application/x-shockwave-flash", ["zip"] = "application/zip",
        ["doc"] = "application/msword", ["docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ["xls"] = "application/vnd.ms-excel",
        ["xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ["ppt"] = "application/vnd.ms-powerpoint",
        ["pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation", ["rtf"] = "application/rtf",
    };

    public static string Of(string path) => ByEnding.GetValueOrDefault(Path.GetExtension(path).TrimStart('.'), Unknown);
}
