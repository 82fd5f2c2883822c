using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using Learning.Bookings;
using Learning.Benchmarks;
using Learning.Benchmarks.Storm;
using Ground = Learning.Tests.Support.Ground;

namespace Learning.Tests.Messages;

/// <summary>A mail server of other people's making that takes nothing before STARTTLS and the right password, and the program in a process of its own that trusts its certificate. By the real clock.</summary>
public class StartTlsTests(Ground ground) : IClassFixture<Ground>
{
    private const string User = "learning@partnership.example", Password = "p@ss:w/rd % 7";

    [Fact] // M1, M5: encrypted and signed in, letters leave; with a wrong password nothing is lost, and the row says why
    public async Task A_letter_leaves_after_STARTTLS_with_the_right_password_and_waits_with_a_wrong_one()
    {
        var folder = Directory.CreateTempSubdirectory("learning-tls-");
        try
        {
            var (key, certificate) = Certificate(folder.FullName);
            await using var sink = await MailSink.StartAsync(key, certificate, User, Password);
            var message = await MessageAsync(ground);
            await using (await StartAsync(sink, "wrong", certificate))
            {
                await UntilAsync(ground, $"select outcome like '%port {sink.Port}%' from messages where id = '{message}'");
                Assert.Equal("due 0", await ground.Sql<string>($"select state || ' ' || attempts from messages where id = '{message}'"));
                Assert.Equal(0, (await sink.CountAsync()).Mails);
            }

            await ground.Sql($"update messages set next_try_at = now(), claimed_until = null where id = '{message}'");
            await using (await StartAsync(sink, Password, certificate))
            {
                await UntilAsync(ground, $"select state = 'sent' from messages where id = '{message}'");
                Assert.Equal(1, (await sink.CountAsync()).Mails);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private Task<ServerProcess> StartAsync(MailSink sink, string password, string certificate) => ServerProcess.StartAsync(
        ground.OwnerConnectionString, "worker",
        ("LEARNING_SMTP", $"smtp://{Uri.EscapeDataString(User)}:{Uri.EscapeDataString(password)}@localhost:{sink.Port}?tls=starttls"), ("SSL_CERT_FILE", certificate));

    internal static async Task<Guid> MessageAsync(Ground ground)
    {
        var booking = await ground.Given.Booking(await ground.Given.Session(null, 20, "2099-06-03 09:30 to 16:00"), await ground.Given.Person(), BookingState.Confirmed);
        await ground.Sql($"""
            insert into messages (id, kind, person_id, subject_id, occurrence, why, data, session_id, due_at, next_try_at, queued_at, state)
            values ('{booking.Id}', 'booking-confirmed', '{booking.PersonId}', '{booking.Id}', '', 'A place was booked.', jsonb_build_object(), '{booking.SessionId}', now(), now(), now(), 'due');
            update bookings set state_at = now() - interval '1 hour' where id = '{booking.Id}'
            """);
        return booking.Id;
    }

    internal static (string Key, string Certificate) Certificate(string folder)
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var (key, certificate) = (Path.Combine(folder, "key.pem"), Path.Combine(folder, "certificate.pem"));
        File.WriteAllText(key, rsa.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(certificate, made.ExportCertificatePem());
        return (key, certificate);
    }

    internal static async Task UntilAsync(Ground ground, string question)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await ground.Sql<bool>($"select coalesce(({question}), false)"))
        {
            await Task.Delay(100, patience.Token);
        }
    }
}
