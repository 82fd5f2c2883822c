using System.Net;

using FsCheck;
using FsCheck.Fluent;

using Learning.Attendance;
using Learning.Attendance.Paper;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Attendance.Paper;

/// <summary>Paper: the photograph of the signed sheet, and the second person who checks what was typed from it.</summary>
public class SignedSheetTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private static readonly byte[] Place = "GPS 51.5459 N, 0.7077 E, taken by Quenby"u8.ToArray();

    // A picture of two scans with everything that a telephone writes into it: EXIF with place and orientation, XMP, a small copy, a comment, and a film behind the end.
    private static byte[] Photograph(byte side = 6) =>
    [
        0xFF, 0xD8, .. Segment(0xE0, [.. "JFIF\0"u8, 1, 2, 0, 0, 1, 0, 1, 0, 0]), .. Segment(0xE1, [.. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 2, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, side, 0, 0, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 40, 0, 0, 0, 0, .. Place]),
        .. Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Place]), .. Segment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, 9, 9]), .. Segment(0xE2, [.. "MPF\0"u8, .. Place]), .. Segment(0xED, [.. "Photoshop 3.0\0"u8, .. Place]),
        .. Segment(0xFE, Place), .. Segment(0xDB, new byte[65]), .. Segment(0xC0, [8, 0, 1, 0, 1, 1, 1, 0x11, 0]), .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), 1, 2, 0xFF, 0, 0xFF, 0xD0, 3, .. Segment(0xC4, [0, 1]), .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), 4, 5, 0xFF, 0xD9,
        .. Place, 0xFF, 0xD8, 0xFF, 0xE1,
    ];

    private static byte[] Segment(byte marker, byte[] words) => [0xFF, marker, (byte)((words.Length + 2) >> 8), (byte)(words.Length + 2), .. words];

    private static byte[] Picture() => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", new byte[13]), .. Chunk("tEXt", Place), .. Chunk("eXIf", Place), .. Chunk("IDAT", [1, 2, 3]), .. Chunk("IEND", []), .. Place];

    private static byte[] Chunk(string name, byte[] words) => [0, 0, 0, (byte)words.Length, .. System.Text.Encoding.ASCII.GetBytes(name), .. words, 0, 0, 0, 0];

    [Fact] // P5: where somebody was when they took a photograph is nobody's business
    public void What_a_camera_writes_besides_the_picture_is_taken_out_and_the_picture_stays()
    {
        var kept = StripMetadata.Jpeg(Photograph())!;
        Assert.Equal(-1, kept.AsSpan().IndexOf("51.5459"u8));
        Assert.Equal(-1, kept.AsSpan().IndexOf("MPF"u8));
        Assert.NotEqual(-1, kept.AsSpan().IndexOf("ICC_PROFILE"u8));
        Assert.NotEqual(-1, kept.AsSpan().IndexOf((byte[])[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]));
        Assert.Equal((byte[])[4, 5, 0xFF, 0xD9], kept[^4..]);
        Assert.NotEqual(-1, kept.AsSpan().IndexOf((byte[])[1, 2, 0xFF, 0, 0xFF, 0xD0, 3, 0xFF, 0xC4]));
        Assert.Equal(kept, StripMetadata.Jpeg(kept));

        var picture = StripMetadata.Png(Picture())!;
        Assert.Equal(-1, picture.AsSpan().IndexOf("51.5459"u8));
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", new byte[13]), .. Chunk("IDAT", [1, 2, 3]), .. Chunk("IEND", [])], picture);
    }

    [Fact]
    public void A_damaged_picture_never_throws_and_never_keeps_the_place() => Prop.ForAll(
        Gen.Zip(Gen.Elements(Photograph(), Picture()), Gen.Zip(Gen.Choose(0, 100_000), Gen.Choose(0, 255))).ToArbitrary(), drawn =>
        {
            var (bytes, at) = (drawn.Item1.ToArray(), drawn.Item2.Item1 % drawn.Item1.Length);
            bytes[at] = (byte)drawn.Item2.Item2;
            _ = SheetRules.Read(bytes);
            var cut = SheetRules.Read(bytes[..at]);
            Assert.True(cut.Content is not null || cut.Wrong is { Length: > 0 });
        }).QuickCheckThrowOnFailure();

    [Fact] // P5, S2, S3
    public async Task A_photograph_is_kept_with_the_register_for_whoever_may_open_it_and_goes_with_the_raw_files()
    {
        var hall = await Hall.Open(ground);
        var trainer = await As(hall.Trainer);
        var page = await (await trainer.Get($"/register/{hall.Session.Ref}")).Follow("Signed sheet");
        foreach (var (content, sentence) in new (byte[], string)[]
        {
            ([], "Choose a photograph or a scan of the sheet"), (new byte[10_485_761], "The file is larger than 10 MB"), ("<script>alert(1)</script>"u8.ToArray(), "This is no JPEG, PNG or PDF"),
            (Photograph()[..90], "The picture is damaged, or not all of it arrived"), ([0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0], "This photograph is HEIC"),
        })
        {
            Assert.Contains(sentence, (await page.Upload("Keep it", "Sent.File", "sheet.jpg", content)).Document.QuerySelector("#Sent_File-error")!.TextContent);
        }

        var kept = await page.Upload("Keep it", "Sent.File", "../../sheet.exe", Photograph());
        await page.Upload("Keep it", "Sent.File", "again.jpg", Photograph());
        var shown = Assert.Single((await kept.GetAgain()).Document.QuerySelectorAll("img.app-sheet__picture")).GetAttribute("src")!;
        var served = await trainer.Http.GetAsync(shown);
        Assert.Equal(("image/jpeg", true), (served.Content.Headers.ContentType!.MediaType, served.Headers.CacheControl!.NoStore));
        Assert.Equal(StripMetadata.Jpeg(Photograph()), await served.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await (await As(hall.People[0])).Get(shown)).Status);
        Assert.Equal(2, await ground.Sql<long>($"select count(*) from audit_entries where subject_id = '{hall.Session.Id}' and verb in ('kept a signed sheet with a register', 'looked at a signed sheet')"));

        await hall.Signed();
        Assert.DoesNotContain("Take it away", (await kept.GetAgain()).Text);
        ground.Clock.Set("2025-05-17 09:00");
        await ground.With((PurgeAttendanceFiles purge) => purge.RunAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await (await As(await ground.Given.Unit())).Get(shown)).Status);
        Assert.Equal((0L, 1L), (await ground.Sql<long>("select count(*) from signed_sheet_files"), await ground.Sql<long>($"select count(*) from signed_sheets where session_id = '{hall.Session.Id}'")));
    }

    [Fact]
    public async Task What_is_kept_by_mistake_is_taken_away_before_the_register_is_signed()
    {
        var hall = await Hall.Open(ground);
        var page = await (await As(hall.Trainer)).Get($"/register/{hall.Session.Ref}/sheets");
        var kept = await page.Upload("Keep it", "Sent.File", "sheet.png", Picture());
        Assert.Contains("None yet", (await kept.Submit("Take it away: sheet 1")).Text);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from signed_sheets where session_id = '{hall.Session.Id}'"));
    }

    [Fact] // A6
    public async Task What_is_typed_from_paper_is_checked_by_somebody_who_did_not_type_it_where_the_installation_wants_that()
    {
        var hall = await Hall.Open(ground, people: 2);
        var second = await ground.Given.Person(given: "Kim");
        await ground.Given.Trainer(hall.Session, second);
        var (trainer, other) = (await As(hall.Trainer), await As(second));
        try
        {
            await ground.OwnerSql("insert into installation (name, value) values ('typed-registers-by-two', 'yes')");
            var typed = await trainer.Get($"/register/{hall.Session.Ref}/typed");
            var register = await typed.Submit("Save what is typed", [.. hall.People.Select(person => ($"typed-1-{person.Id:N}", (string?)"y"))]);
            Assert.Contains("2 marks were typed from paper.", register.Text);
            Assert.Contains("Somebody who did not type them checks them before the register is signed.", (await register.Submit("Sign the register")).Document.QuerySelector(".govuk-error-summary")!.TextContent);
            Assert.IsType<SignOutcome.Refused>(await hall.Sign(second));

            Assert.Contains("You typed some of these marks", (await register.Follow("Check what was typed")).Text);
            var check = await other.Get($"/register/{hall.Session.Ref}/check");
            Assert.All(hall.People, person => Assert.Contains(person.Name, check.Text));

            // Typed after the page was shown: it is not what was looked at.
            await typed.Submit("Save what is typed", ($"typed-1-{hall.People[0].Id:N}", "100"));
            Assert.Contains("More was typed since you opened this page", (await check.Submit("They are as on the sheet")).Text);
            await (await check.GetAgain()).Submit("They are as on the sheet");
            Assert.IsType<SignOutcome.Signed>(await hall.Sign());
        }
        finally
        {
            await ground.OwnerSql("delete from installation where name = 'typed-registers-by-two'");
        }
    }

    public Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 16:00");
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task<Visitor> As(Person person) => await (await ground.SiteAsync()).SignedInAsync(person.Id);
}
