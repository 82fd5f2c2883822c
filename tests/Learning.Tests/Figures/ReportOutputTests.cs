using System.Text.Json;

using Learning.Attendance;
using Learning.Figures;
using Learning.Tests.Support;

namespace Learning.Tests.Figures;

/// <summary>The JSON and CSV that programs read.</summary>
public sealed class ReportOutputTests(Ground ground) : IClassFixture<Ground>
{
    private readonly Told told = new(ground);

    [Fact] // F1, F2, F3: the contract's keys and nothing else
    public async Task The_json_is_the_contract()
    {
        var (course, agency) = await Twelve();
        var json = ReportJson.Write(await told.Report($"{{id: people, measure: people, courses: [{course}], by: [agency], phrase: over 10}}, {{id: rate, measure: fill_rate, courses: [{course}]}}", asAt: "2024-07-01 01:00"));
        using var document = JsonDocument.Parse(json);
        Assert.Equal(["report", "from", "to", "asAt", "figures"], document.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal("2024-07-01T00:00:00Z", document.RootElement.GetProperty("asAt").GetString());
        var figure = document.RootElement.GetProperty("figures")[0];
        Assert.Equal(["id", "measure", "unit", "value", "numerator", "denominator", "phrase", "by", "rows", "digest"], figure.EnumerateObject().Select(property => property.Name));
        Assert.StartsWith($$"""{"id":"people","measure":"people","unit":"people","value":12,"numerator":null,"denominator":null,"phrase":"over 10","by":["agency"],"rows":[{"key":{"agency":"{{agency}}"},"value":12,"printed":"12"},{"key":{"agency":"*"},"value":12,"printed":"12"}],"digest":"sha256:""", figure.GetRawText(), StringComparison.Ordinal);
        var rate = document.RootElement.GetProperty("figures")[1];
        Assert.Equal((JsonValueKind.Null, 0, 0), (rate.GetProperty("value").ValueKind, rate.GetProperty("numerator").GetInt32(), rate.GetProperty("denominator").GetInt32()));
        Assert.Equal(json, ReportJson.Write(ReportJson.Read(json)));
    }

    [Fact] // F6: a published copy gives no number away that it holds back
    public async Task A_published_copy_leaves_out_what_is_small()
    {
        var (course, other) = (await told.Given.Course(), await told.Given.Agency());
        for (var i = 0; i < 3; i++)
        {
            await told.Mark(await told.Given.Session(course), await told.Given.Person(), MarkKind.Attended, agency: other);
        }

        var report = await told.Report($"{{id: small, measure: attendances, courses: [{course.Code}], by: [agency], phrase: over 10}}, {{id: same, measure: attendances, courses: [{course.Code}]}}");
        Assert.All(report.Figures, figure => Assert.Equal(3, figure.Value));
        using var document = JsonDocument.Parse(ReportJson.Write(report, published: true));
        foreach (var figure in document.RootElement.GetProperty("figures").EnumerateArray())
        {
            Assert.Equal("X", figure.GetProperty("phrase").GetString());
            Assert.False(figure.TryGetProperty("value", out _));
            Assert.All(figure.GetProperty("rows").EnumerateArray(), row => Assert.Equal(("X", false), (row.GetProperty("printed").GetString(), row.TryGetProperty("value", out _))));
        }

        Assert.All(ReportCsv.Write(report, published: true).Split("\r\n").Skip(1).Where(line => line.Length > 0), line => Assert.Contains(",,,,X", line, StringComparison.Ordinal));
    }

    [Fact] // F10 begins here: a line a figure and a line a row; formulas are text
    public async Task The_csv_has_a_line_for_each_figure_and_each_row()
    {
        var (course, agency) = await Twelve("=1+1");
        var lines = ReportCsv.Write(await told.Report($"{{id: people, measure: people, courses: [{course}], by: [agency]}}")).Split("\r\n");
        Assert.Equal("report,from,to,as_at,figure,measure,unit,by_1,key_1,by_2,key_2,value,numerator,denominator,printed,phrase,digest,responses,asked", lines[0]);
        Assert.Contains("people,people,people,,,,,12,,,12,12,sha256:", lines[1], StringComparison.Ordinal);
        Assert.Contains($"people,people,people,agency,\"'{agency}\",,,12,,,12,,", lines[2], StringComparison.Ordinal);
    }

    private async Task<(string Course, string Agency)> Twelve(string? code = null)
    {
        var (course, agency) = (await told.Given.Course(), await told.Given.Agency(code: code));
        var session = await told.Given.Session(course);
        for (var i = 0; i < 12; i++)
        {
            await told.Mark(session, await told.Given.Person(), MarkKind.Attended, agency: agency);
        }

        return (course.Code, agency.Code);
    }
}
