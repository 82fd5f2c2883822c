using System.Text;

namespace Learning.Tests.History;

/// <summary>A folder of history that a test writes, file by file. It begins empty; <see cref="Small"/> is a partnership of few.</summary>
public sealed class WrittenFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("learning-history-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>Writes a file of these lines.</summary>
    public WrittenFolder With(string file, params IEnumerable<string> lines) => WithBytes(file, Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));

    public WrittenFolder WithBytes(string file, byte[] bytes)
    {
        File.WriteAllBytes(System.IO.Path.Combine(Path, file), bytes);
        return this;
    }

    /// <summary>Puts further lines at the end of a file.</summary>
    public WrittenFolder And(string file, params IEnumerable<string> lines)
    {
        File.AppendAllText(System.IO.Path.Combine(Path, file), string.Join('\n', lines) + "\n");
        return this;
    }

    public string Text(string file) => File.ReadAllText(System.IO.Path.Combine(Path, file));

    /// <summary>
    /// Two agencies with a department; Ann (children, then adults at another agency from 1 January 2024), Bob, Cat; a course, a conference, a forum, an e-learning; a held session
    /// H1 with Ann and Bob booked, a planned P1 of two places, a cancelled C1. Codes and addresses begin with <paramref name="mark"/>, so that one test does not meet another's.
    /// </summary>
    public static WrittenFolder Small(string mark) => new WrittenFolder()
        .With("agencies.csv",
            "code,name,sector,statutory_partner,email_domains,headcount,parent",
            $"{mark}A,Alpha,Health,yes,{mark}a.example,40,",
            $"{mark}B,Beta,Police,no,,,",
            $"{mark}D,Delta,Health,no,,,{mark}A")
        .With("people.csv",
            "email,given_name,family_name,agency,job_title,workforce,level,from,to,aliases",
            $"ann@{mark}.example,Ann,Lee,{mark}A,Nurse,children,3,2020-01-01,2024-01-01,ann@{mark}home.example",
            $"ann@{mark}.example,Ann,Lee,{mark}B,Officer,adults,,2024-01-01,,",
            $"bob@{mark}.example,Bob,Roy,{mark}B,,volunteer,,01/02/2021,,",
            $"cat@{mark}.example,Cat,Orr,{mark}A,,joint,,2020-01-01,,")
        .With("courses.csv",
            "code,title,kind,owner,boards,programmes,validity_months,cpd_hours,level,published_on,withdrawn_on",
            $"{mark}T,Trained,trained,{mark}A,children,{mark}P,36,3.5,3,2020-01-01,",
            $"{mark}C,Conference,conference,{mark}A,joint,,,,,2020-01-01,",
            $"{mark}F,Forum,forum,{mark}A,children,,,,,2020-01-01,",
            $"{mark}E,Online,e-learning,{mark}A,adults,,,,,2020-01-01,")
        .With("sessions.csv",
            "ref,course,starts,ends,mode,venue,capacity,status,board,trainers,parent,cancelled_at",
            $"{mark}H1,{mark}T,2023-11-01 09:30,2023-11-01 12:30,in person,Hall,2,held,,cat@{mark}.example,,",
            $"{mark}P1,{mark}T,2027-02-01 09:30,2027-02-01 12:30,virtual,,2,planned,,,,",
            $"{mark}C1,{mark}T,2023-06-01 09:30,2023-06-01 12:30,hybrid,,20,cancelled,adults,,,2023-05-20T10:00Z")
        .With("bookings.csv",
            "session,email,status,booked_at,cancelled_at,agency",
            $"{mark}H1,ann@{mark}.example,confirmed,2023-10-01T09:00Z,,",
            $"{mark}H1,bob@{mark}.example,confirmed,2023-10-02T09:00Z,,")
        .With("attendance.csv",
            "session,email,mark,minutes,agency,marked_at",
            $"{mark}H1,ann@{mark}.example,attended,,,2023-11-01T12:00Z",
            $"{mark}H1,bob@{mark}.example,dna,,,2023-11-01T12:10Z")
        .With("completions.csv",
            "course,email,completed_on,score,agency",
            $"{mark}E,ann@{mark}.example,2024-02-01,90,");
}
