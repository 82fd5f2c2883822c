using Learning.Tests.Support;

namespace Learning.Tests.History;

/// <summary>H1: a line for each mistake and for nothing else, in one folder with every kind there is.</summary>
public sealed class MistakesTests(Ground ground) : IClassFixture<Ground>, IDisposable
{
    private readonly MarkedFolder folder = new(ground);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_kind_of_mistake_in_one_folder_is_one_line_each_and_nothing_is_imported() // H1, H3, H5
    {
        folder.File("agencies.csv",
            "code,name,sector,statutory_partner,email_domains,headcount,parent,successor,successor_from",
            "A,Alpha,Health,yes,alpha.example,40,,,",
            "B,Beta,Police,¦maybe,,,,,",                                        // a word that is neither yes nor no
            "¦A,Alpha again,Health,no,,,,,",                                    // a code twice
            "C,¦,Health,no,,,,,",                                               // a missing value
            "D,Delta,Health,no,¦no-dot,,,,",                                    // no domain
            "E,Epsilon,Health,no,,¦-3,,,",                                      // a negative number
            "F,Phi,Health,no,,,¦Aa,,",                                          // an unknown agency as parent
            "G,Gamma,Health,no,,,¦H,,",                                         // a circle of two, said once
            "H,Eta,Health,no,,,G,,",
            "I,Iota,Health,no,,,,A,¦",                                          // a successor without its day
            "J,Jot,Health,no,¦alpha.example,,,,",                               // a domain of two agencies
            "K,Kappa, and Lambda,Health,no,,,,,¦,");                            // a comma in a name without quotes
        folder.File("people.csv",
            "email,given_name,family_name,agency,job_title,workforce,level,from,to,aliases",
            "ann@x.example,Ann,Lee,A,,children,3,2020-01-01,,",
            "bob@x.example,Bob,Roy,B,,¦grownups,,2020-01-01,,",                 // not a workforce
            "¦dan.x.example,Dan,Fox,A,,adults,,2020-01-01,,",                   // no address; that dan@x.example is booked below is no second mistake
            "eve@x.example,Eve,Day,¦Z,,adults,,2020-01-01,,",                   // an unknown agency
            "fay@x.example,Fay,Ash,A,,adults,,¦31/02/2020,,",                   // no such day
            "gil@x.example,Gil,Oak,A,,adults,,2020-01-01,¦2019-01-01,",         // ends before it begins
            "hal@x.example,Hal,Elm,A,,adults,,2020-01-01,,¦ann@x.example",      // an alias of somebody else
            "ann@x.example,¦Anna,Lee,B,,adults,,2022-01-01,,",                  // another name for the same address
            "ida@x.example,Ida,Yew,A,,adults,,2020-01-01,,",
            "ida@x.example,Ida,Yew,A,,adults,,¦2021-01-01,,");                  // overlaps the employment before
        folder.File("courses.csv",
            "code,title,kind,owner,boards,programmes,validity_months,cpd_hours,level,published_on,withdrawn_on",
            "T,Trained,trained,A,children,P,36,3.5,3,2020-01-01,",
            "U,Untold,¦lecture,A,children,,,,,2020-01-01,",                     // not a kind
            "V,Vague,trained,¦Y,children,,,,,2020-01-01,",                      // an unknown owner
            "W,Wide,trained,A,¦everyone,,,,,2020-01-01,",                       // not a board
            "X,Xeno,trained,A,adults,,¦0,,,2020-01-01,",                        // a validity of no months
            "Y,Yon,trained,A,adults,,,¦3.125,,2020-01-01,",                     // three decimals
            "Z,Zed,trained,A,adults,,,,,2020-01-01,¦2019-12-31");               // withdrawn before it is published
        folder.File("sessions.csv",
            "ref,course,starts,ends,mode,venue,capacity,status,board,trainers,parent,cancelled_at",
            "S1,T,2023-11-01 09:30,2023-11-01 12:30,in person,,2,held,,,,",
            "S2,T,¦2023-11-02,2023-11-02 12:30,in person,,2,held,,,,",          // no time; its bookings below are no mistakes
            "S3,T,2023-11-03 09:30,¦2023-11-03 09:30,virtual,,2,held,,,,",      // ends as it starts
            "S4,T,2023-11-04 09:30,2023-11-04 12:30,¦by phone,,2,held,,,,",     // not a mode
            "S5,T,2023-11-05 09:30,2023-11-05 12:30,virtual,,¦many,held,,,,",   // no number
            "S6,T,2023-11-06 09:30,2023-11-06 12:30,virtual,,2,¦done,,,,",      // not a status
            "S7,T,2023-11-07 09:30,2023-11-07 12:30,virtual,,2,held,,¦zoe@x.example,,", // an unknown trainer
            "S8,T,2023-11-08 09:30,2023-11-08 12:30,virtual,,2,held,,,¦S1,",    // a parent that is no conference
            "S9,T,2023-11-09 09:30,2023-11-09 12:30,virtual,,2,held,,,,¦2023-11-01T09:00Z", // cancelled_at of one that was held
            "¦S1,T,2023-11-01 09:30,2023-11-01 12:30,in person,,2,held,,,,",    // a reference twice
            "SA,¦TT,2023-11-10 09:30,2023-11-10 12:30,virtual,,2,held,,,,",     // an unknown course
            "SB,T,2027-11-10 09:30,2027-11-10 12:30,virtual,,2,¦held,,,,",      // held in the future
            "SC,T,2023-11-11 09:30,2023-11-11 12:30,virtual,,2,cancelled,,,,",
            "SP,T,2027-11-12 09:30,2027-11-12 12:30,virtual,,1,planned,,,,",
            "SQ,T,2027-11-13 09:30,2027-11-13 12:30,virtual,,9,planned,,,,",
            "S2P,T,2023-12-01 09:30,2023-12-02 12:30,virtual,,9,held,,,,");
        folder.File("parts.csv",
            "session,part,title,starts,ends",
            "S2P,1,Day one,2023-12-01 09:30,2023-12-01 12:30",
            "S2P,2,Day two,¦2023-12-01 12:00,2023-12-02 12:30",                 // begins before the part before it ends
            "¦S2P,2,Day two,2023-12-02 09:30,2023-12-02 12:30",                 // a part twice
            "¦S99,1,,2023-12-02 09:30,2023-12-02 12:30",                        // an unknown session
            "S9,1,,2023-11-09 09:30,¦2023-11-09 13:30",                         // ends after its session
            "SA,¦0,,2023-11-10 09:30,2023-11-10 12:30");                        // no number of a part
        folder.File("bookings.csv",
            "session,email,status,booked_at,cancelled_at,agency",
            "S1,ann@x.example,confirmed,2023-10-01T09:00Z,,A",
            "S2,bob@x.example,confirmed,2023-10-01T09:00Z,,",
            "S1,dan@x.example,confirmed,2023-10-01T09:00Z,,",
            "S1,eve@x.example,¦booked,2023-10-01T09:00Z,,",                     // not a status
            "S1,¦fox@x.example,confirmed,2023-10-01T09:00Z,,",                  // an unknown person
            "S1,gil@x.example,cancelled,2023-10-02T09:00Z,¦2023-10-01T09:00Z,", // cancelled before it is made
            "S1,hal@x.example,waiting,¦2023-10-01 09:00,,",                     // an instant without zone
            "S1,ida@x.example,confirmed,2023-10-01T09:00Z,¦2023-10-02T09:00Z,", // cancelled_at of a confirmed one
            "SP,ann@x.example,confirmed,2026-10-01T09:00Z,,",
            "¦SP,bob@x.example,confirmed,2026-10-01T09:00Z,,",                  // one place too many on a planned session
            "SQ,ann@x.example,confirmed,2026-10-01T09:00Z,,",
            "¦SQ,ann@x.example,waiting,2026-10-02T09:00Z,,",                    // twice on a planned session
            "S1,gil@x.example,cancelled,2023-10-01T09:00Z,2023-10-01T10:00Z,",
            "¦S1,gil@x.example,cancelled,2023-10-01T09:00Z,2023-10-01T10:00Z,");// the same row twice
        folder.File("attendance.csv",
            "session,email,mark,minutes,agency,marked_at,part,seat",
            "S1,ann@x.example,attended,,,2023-11-01T12:00Z,,",
            "S2,bob@x.example,attended,,,2023-11-02T12:00Z,,",
            "S1,ann@x.example,¦present,,,2023-11-01T12:00Z,,",                  // not a mark
            "S1,ann@x.example,part,¦ten,,2023-11-01T12:00Z,,",                  // no number
            "S1,ann@x.example,attended,¦60,,2023-11-01T12:00Z,,",               // minutes of another mark than part
            "S1,ann@x.example,attended,,¦Q,2023-11-01T12:00Z,,",                // an unknown agency
            "S1,ann@x.example,attended,,,¦2027-11-01T12:00Z,,",                 // in the future
            "¦SC,ann@x.example,attended,,,2023-11-11T12:00Z,,",                 // on a cancelled session
            "S1,ann@x.example,¦substitute:ann@x.example,,,2023-11-01T12:00Z,,", // their own substitute
            "S1,ann@x.example,¦substitute:nobody@x.example,,,2023-11-01T12:00Z,,", // an unknown substitute
            "S1,ann@x.example,attended,,,2023-11-01T12:00Z,¦2,",                // a part that the session does not have
            "S1,¦ann@x.example,vacant,,,2023-11-01T12:00Z,,Lay member",         // an empty seat with an e-mail
            "S1,,vacant,,,2023-11-01T12:00Z,,¦",                                // an empty seat without its name
            "S1,ann@x.example,attended,,,2023-11-01T12:00Z,,¦Lay member",       // a seat that is not empty
            "S1,¦,attended,,,2023-11-01T12:00Z,,",                              // no holder
            "¦S3X,ann@x.example,attended,,,2023-11-01T12:00Z,,");               // an unknown session
        folder.File("completions.csv",
            "course,email,completed_on,score,agency",
            "T,ann@x.example,2024-02-01,90,",
            "¦T,ann@x.example,01/02/2024,95,",                                  // the same completion twice
            "T,bob@x.example,2024-02-01,¦101,",                                 // more than 100 per cent
            "T,bob@x.example,¦2027-02-01,50,",                                  // in the future
            "T,bob@x.example,2024-02-02,50,¦QQ");                               // an unknown agency
        folder.File("feedback.csv", "¦name,score");                                    // an unknown file
        Assert.True(folder.Expected >= 60);
        await folder.Check();
    }
}
