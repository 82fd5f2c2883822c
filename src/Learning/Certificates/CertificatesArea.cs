using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

using Learning.Messages;
using Learning.People;

using Microsoft.AspNetCore.RateLimiting;

namespace Learning.Certificates;

/// <summary>What the area needs to run, and what people take away from it.</summary>
public static class CertificatesArea
{
    /// <summary>The limit of the public page: so many questions a minute from one network. A number cannot be guessed anyway; this spares the database.</summary>
    public const string Limit = "verify";

    /// <summary>A personnel department may check a list.</summary>
    public const int ChecksAMinute = 60;

    public static IServiceCollection AddCertificates(this IServiceCollection services) => services
        .AddScoped<FindCertificates>()
        .AddScoped<IssueCertificates>()
        .AddScoped<ReissueCertificate>()
        .AddScoped<RevokeCertificate>()
        .AddSingleton<CertificatePdf>()
        .AddScoped<WholeRecord>()
        .AddScoped<RecordPaper>()
        .AddScoped<SayMissing>()
        .AddScoped<RecordCorrections>()
        .AddScoped<AnswerCorrection>()
        .AddMessageKinds([.. CertificateLetter.Kinds, CorrectionLetter.Kind])
        .AddRateLimiter(options => options.AddPolicy(Limit, context => RateLimitPartition.GetSlidingWindowLimiter(
            NetworkOf(context.Connection.RemoteIpAddress), _ => new SlidingWindowRateLimiterOptions { PermitLimit = ChecksAMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 })));

    public static void MapCertificateFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/certificates/{id:guid}.pdf", FileAsync).RequireAuthorization(Policies.SignedIn).ExcludeFromDescription();
        routes.MapGet("/my/record.pdf", RecordAsync).RequireAuthorization(Policies.SignedIn).ExcludeFromDescription();
    }

    private static async Task RecordAsync(RecordPaper paper, WhoAsks who, HttpContext http, CancellationToken stop) => await SendAsync(http, "learning-record.pdf", await paper.RunAsync(await who.ActorAsync(), stop), stop);

    private static async Task FileAsync(Guid id, FindCertificates find, CertificatePdf pdf, WhoAsks who, HttpContext http, CancellationToken stop)
    {
        if (await find.ForAsync(id, await who.ActorAsync(), "took a certificate away", stop) is not { } certificate)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await SendAsync(http, CertificatePdf.NameOf(certificate), pdf.Write(certificate), stop);
    }

    private static async Task SendAsync(HttpContext http, string name, byte[] bytes, CancellationToken stop)
    {
        http.Response.ContentType = "application/pdf";
        http.Response.Headers.ContentDisposition = $"attachment; filename={name}";
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.Body.WriteAsync(bytes, stop);
    }

    // Of the newer addresses a household has 64 bits to itself.
    private static string NetworkOf(IPAddress? address) => address is null ? ""
        : address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes(), 0, 8) : address.ToString();
}
