namespace Learning.Demonstration;

/// <summary>The people of the demonstration who have a part in its story: the seven accounts and those whom demonstration.md plants.</summary>
internal sealed class NamedPeople
{
    private static readonly DateOnly Long = new(2014, 9, 1);

    /// <summary>Children's social worker; the practitioner who signs in.</summary>
    public Person Amara { get; } = New("practitioner@council.example", "Amara", "Osei",
        new Employment("SCC-CS", "Social worker", "children", "3", new DateOnly(2022, 9, 5)));

    /// <summary>Agency lead of the police.</summary>
    public Person Ruth { get; } = New("lead@police.example", "Ruth", "Calloway",
        new Employment("POL", "Detective inspector, public protection", "joint", "3", Long));

    /// <summary>Trainer of several past and coming sessions; one of the twenty for Graded Care Profile 2.</summary>
    public Person Joe { get; } = New("trainer@hospital.example", "Joe", "Mwangi",
        new Employment("MSEFT", "Named nurse for safeguarding", "joint", "3", Long));

    public Person Priya { get; } = New("subgroup@council.example", "Priya", "Nair",
        new Employment("SCC-PH", "Public health principal", "joint", "2", new DateOnly(2018, 4, 2)));

    /// <summary>Chairs the learning and development subgroup, and signs.</summary>
    public Person Helen { get; } = New("chair@council.example", "Helen", "Achebe",
        new Employment("SCC-PH", "Consultant in public health", "joint", "3", new DateOnly(2016, 1, 4)));

    public Person Dawn { get; } = New("unit@partnership.example", "Dawn", "Fletcher",
        new Employment("SSP", "Training and development officer", "joint", "3", new DateOnly(2017, 6, 5)));

    public Person Tom { get; } = New("admin@partnership.example", "Tom", "Whitlock",
        new Employment("SSP", "Systems and information officer", "joint", "2", new DateOnly(2021, 10, 4)));

    public Person Sian { get; } = New("sian.pritchard@alliance.example", "Siân", "Pritchard",
        new Employment("EYA", "Early years lead", "children", "3", Long));

    /// <summary>Two addresses and two agencies in 2023/24: counted under both agencies and once in the total (F4).</summary>
    public Person Grace { get; } = New("grace.tomlin@police.example", "Grace", "Tomlin",
        new Employment("POL", "Detective constable", "joint", "3", Long, new DateOnly(2023, 10, 2)),
        new Employment("SCC-CS", "Social worker", "children", "3", new DateOnly(2023, 10, 2)));

    public const string GraceAtTheCouncil = "grace.tomlin@childrens.council.example";

    /// <summary>What erasure left of a leaver (P5): the figures keep a person, nobody can say who.</summary>
    public Person Leaver { get; } = New("person-4217@erased.example", "Person", "4217",
        new Employment("PROB", "", "joint", "", Long, new DateOnly(2024, 2, 1)));

    /// <summary>All of an agency of one.</summary>
    public Person Childminder { get; } = New("hello@puddleducks.example", "Marcia", "Lyle",
        new Employment("NURS-PD", "Childminder", "children", "2", new DateOnly(2019, 3, 4)));

    /// <summary>Nine of the conference's 213 attendees who are not professionals in the sense of F1.</summary>
    public IReadOnlyList<Person> Speakers { get; } =
    [
        Visitor("Ama", "Boateng", "UNIV", "Professor of social work", "speaker"),
        Visitor("Maya", "Lindqvist", "UNIV", "Senior lecturer", "speaker"),
        Visitor("Oscar", "Benn", "HW", "Speaker with lived experience", "speaker"),
        Visitor("Farah", "Siddiqui", "SAVS", "Speaker, anti-poverty alliance", "speaker"),
    ];

    public IReadOnlyList<Person> Exhibitors { get; } =
    [
        Visitor("Dele", "Martins", "CARERS", "Stall holder", "exhibitor"),
        Visitor("Ines", "Duarte", "SAVS", "Stall holder", "exhibitor"),
    ];

    public IReadOnlyList<Person> Students { get; } =
    [
        Visitor("Rhian", "Cope", "UNIV", "Student social worker", "student"),
        Visitor("Anya", "Shore", "UNIV", "Student social worker", "student"),
        Visitor("Kofi", "Ansah", "UNIV", "Student nurse", "student"),
    ];

    public NamedPeople() => Grace.Aliases.Add(GraceAtTheCouncil);

    public IEnumerable<Person> All() =>
        [Amara, Ruth, Joe, Priya, Helen, Dawn, Tom, Sian, Grace, Leaver, Childminder, .. Speakers, .. Exhibitors, .. Students];

    private static Person New(string email, string given, string family, params Employment[] employments) =>
        new(email, given, family, employments) { Planted = true };

    private static Person Visitor(string given, string family, string agency, string title, string workforce) =>
        New($"{given}.{family}@visitors.example".ToLowerInvariant(), given, family, new Employment(agency, title, workforce, "", new DateOnly(2021, 9, 1)));
}
