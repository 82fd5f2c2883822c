using System.Text;

using Learning.Tests.Support;

namespace Learning.Tests.History;

/// <summary>H1, H3: what is wrong with a file as a file is said once, and not again in every row that it spoils.</summary>
public sealed class ShapeMistakesTests(Ground ground) : IClassFixture<Ground>, IDisposable
{
    private const string AgencyColumns = "code,name,sector,statutory_partner,email_domains,headcount";
    private const string PeopleColumns = "email,given_name,family_name,agency,job_title,workforce,level,from,to";
    private const string Ann = "ann@x.example,Ann,Lee,A,,children,,2020-01-01,";

    private readonly MarkedFolder folder = new(ground);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_unknown_column_is_named_with_the_nearest_known() // H3
    {
        folder.File("agencies.csv", AgencyColumns + ",¦colour", "A,Alpha,Health,yes,,,blue");
        var said = await folder.Check();
        Assert.StartsWith("unknown column \"colour\"; the nearest known name is ", said[0]);
    }

    [Fact]
    public async Task A_mistyped_column_is_one_mistake_and_its_values_are_still_checked() // H1
    {
        folder.File("agencies.csv", "code,name,¦sectr,statutory_partner,email_domains,headcount", "A,Alpha,Health,yes,,", "B,Beta,¦,yes,,");
        var said = await folder.Check();
        Assert.Equal("unknown column \"sectr\"; the nearest known name is sector", said[0]);
        Assert.Equal("sector is missing", said[1]);
    }

    [Fact]
    public async Task A_missing_column_is_one_mistake_however_many_rows() // H1
    {
        folder.File("agencies.csv", "¦code,name,sector,email_domains,headcount", "A,Alpha,Health,,", "B,Beta,Health,,");
        Assert.Equal(["the column statutory_partner is missing"], await folder.Check());
    }

    [Fact]
    public async Task Where_the_column_of_codes_is_missing_no_code_is_called_unknown() // H1
    {
        folder.File("agencies.csv", "¦name,sector,statutory_partner,email_domains,headcount", "Alpha,Health,yes,,");
        folder.File("people.csv", PeopleColumns, Ann);
        await folder.Check();
    }

    [Fact]
    public async Task A_column_that_is_there_twice_is_a_mistake()
    {
        folder.File("agencies.csv", AgencyColumns + ",¦Name", "A,Alpha,Health,yes,,,Alpha");
        await folder.Check();
    }

    [Fact]
    public async Task A_row_with_too_few_or_too_many_values_is_one_mistake_and_what_it_names_is_known() // H1
    {
        folder.File("agencies.csv", AgencyColumns, "A,Alpha,Health¦", "B,Beta, and Gamma,Health,yes,,¦");
        folder.File("people.csv", PeopleColumns, Ann, "bob@x.example,Bob,Roy,B,,children,,2020-01-01,");
        await folder.Check();
    }

    [Fact]
    public async Task A_quote_that_is_not_closed_is_one_mistake_and_the_next_line_is_read() // H1
    {
        folder.File("agencies.csv", AgencyColumns, "A,¦\"Alpha,Health,yes,,", "B,Beta,Health,yes,,", "C,\"Gam\"\"ma, the third\",Health,¦why,,");
        folder.File("people.csv", PeopleColumns, Ann);
        await folder.Check();
    }

    [Fact]
    public async Task A_quote_inside_a_value_wants_quotes_around_it()
    {
        folder.File("agencies.csv", AgencyColumns, "A,¦Alpha \"the first\",Health,yes,,", "B,¦\"Beta\" the second,Health,yes,,");
        await folder.Check();
    }

    [Fact]
    public async Task Columns_are_counted_in_characters_and_lines_as_an_editor_does()
    {
        folder.File("agencies.csv", AgencyColumns, "A,\"Alpha", "of 🏖 Southend\",🏖,¦perhaps,,", "B,Beta,Health,¦perhaps,,");
        await folder.Check();
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Any_line_end_will_do(string end)
    {
        folder.Bytes("agencies.csv", Encoding.UTF8.GetBytes($"\uFEFF{AgencyColumns}{end}A,Alpha,Health,yes,,{end}B,Beta,Health,perhaps,,{end}{end},,,,,{end}"), "3:15");
        await folder.Check();
    }

    [Fact]
    public async Task Another_encoding_is_said_once_where_it_first_shows()
    {
        folder.Bytes("agencies.csv", Encoding.Latin1.GetBytes($"{AgencyColumns}\nA,Alpha,Health,yes,,\nB,Café,Santé,yes,,\nC,Café,Health,oui,,\n"), "3:3", "4:15");
        Assert.Equal("this is not UTF-8; save the file as CSV in UTF-8", (await folder.Check())[0]);
    }

    [Fact]
    public async Task Utf_16_is_said_once_and_what_the_file_would_have_brought_is_not_called_unknown()
    {
        folder.Bytes("agencies.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(AgencyColumns + "\nA,Alpha,Health,yes,,\n")], "1:1");
        folder.File("people.csv", PeopleColumns, Ann);
        await folder.Check();
    }

    [Fact]
    public async Task An_empty_file_has_no_header() // a file may be absent, not empty
    {
        folder.Bytes("agencies.csv", [], "1:1");
        await folder.Check();
    }

    [Fact]
    public async Task Semicolons_are_not_commas()
    {
        folder.File("agencies.csv", "¦code;name;sector", "A;Alpha;Health");
        await folder.Check();
    }

    [Fact]
    public async Task A_mistyped_file_name_is_one_mistake_and_the_file_is_still_read() // H3
    {
        folder.File("agencys.csv", "¦" + AgencyColumns, "A,Alpha,Health,yes,,");
        folder.File("people.csv", PeopleColumns, Ann);
        Assert.Equal(["unknown file; the nearest known name is agencies.csv"], await folder.Check());
    }

    [Fact]
    public async Task A_character_that_cannot_be_printed_is_a_mistake_and_a_formula_is_a_text()
    {
        folder.File("agencies.csv", AgencyColumns, "A,=1+1,Health,yes,,", "B,¦Be\u0007ta,Health,yes,,", $"C,¦{new string('x', 300)},Health,yes,,");
        await folder.Check();
    }

    [Fact]
    public async Task Two_addresses_of_two_people_in_the_system_are_not_joined_by_an_alias() // P6
    {
        await using var own = new OwnGround();
        await own.Start();
        await own.Given.Person(email: "one@x.example", given: "Ann", family: "Lee");
        await own.Given.Person(email: "two@x.example", given: "Ann", family: "Lee");
        using var written = new WrittenFolder().With("agencies.csv", AgencyColumns, "A,Alpha,Health,yes,,")
            .With("people.csv", PeopleColumns + ",aliases", "one@x.example,Ann,Lee,A,,children,,2020-01-01,,two@x.example");
        var refused = Assert.IsType<Learning.History.ImportOutcome.Refused>(await own.Import(written.Path));
        Assert.Equal("people.csv:2:48: alias two@x.example belongs to another person in the system", Assert.Single(refused.Mistakes).ToString());
    }
}
