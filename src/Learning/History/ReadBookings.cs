namespace Learning.History;

/// <summary>Reads bookings.csv.</summary>
internal static class ReadBookings
{
    public static void From(Sheet sheet, Story story)
    {
        var seen = new Dictionary<(ToldSession, ToldPerson, ToldBookingStatus?, DateTimeOffset?, DateTimeOffset?, ToldAgency?), int>();
        while (sheet.Next())
        {
            if (!sheet.RowIsWhole)
            {
                continue;
            }

            if (Booking(sheet, story) is not { } booking)
            {
                continue;
            }

            // Twice live on a session that was held is what life did (H5); anything else that stands there twice is a slip.
            var whole = (booking.Session, booking.Person, booking.Status, booking.BookedAt, booking.CancelledAt, booking.Agency);
            if (!booking.IsLive && !seen.TryAdd(whole, sheet.Line))
            {
                sheet["session"].Mistake($"the same booking is on line {seen[whole]} already");
                continue;
            }

            story.Bookings.Add(booking);
        }
    }

    private static ToldBooking? Booking(Sheet sheet, Story story)
    {
        var (sessionCell, cancelledCell) = (sheet["session"], sheet["cancelled_at"]);
        var (session, person, status) = (story.Sessions.Find(sessionCell), Person(sheet["email"], story), sheet["status"].Word<ToldBookingStatus>());
        var (bookedAt, cancelledAt) = (sheet["booked_at"].Past(story.Now), cancelledCell.Past(story.Now));
        var agency = story.Agencies.Find(sheet["agency"]);
        if (cancelledCell.IsGiven && status is ToldBookingStatus.Confirmed or ToldBookingStatus.Waiting)
        {
            cancelledCell.Mistake($"cancelled_at is given, and the booking is {Database.Words.Word(status.Value)}");
        }
        else if (cancelledAt < bookedAt)
        {
            cancelledCell.Mistake("the booking is cancelled before it is made");
        }
        else if (status == ToldBookingStatus.Cancelled && !cancelledCell.IsGiven)
        {
            cancelledCell.Warning("no cancelled_at: it is taken as cancelled when it was booked");
        }

        return session is null || person is null ? null : new ToldBooking
        {
            Session = session, Person = person, Status = status, BookedAt = bookedAt, CancelledAt = cancelledAt, Agency = agency, Line = sheet.Line, Place = sessionCell.Place,
        };
    }

    /// <summary>Whose address a value is; what is no address is not called unknown.</summary>
    public static ToldPerson? Person(Cell cell, Story story)
    {
        if (!cell.IsThere())
        {
            return null;
        }

        return story.People.Get(cell.Characters) is { } person ? person
            : People.PersonEmail.IsAddress(cell.Characters) ? story.People.Find(cell, cell.Characters)
            : NoAddress(cell);
    }

    private static ToldPerson? NoAddress(Cell cell)
    {
        _ = cell.Email();
        return null;
    }
}
