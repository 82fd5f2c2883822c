namespace Learning.Attendance.Meetings;

/// <summary>Reports in other languages than English are not read, since a heading that is guessed wrong gives wrong minutes; the language is named, so that somebody knows what to change. Pure.</summary>
internal static class ReportLanguage
{
    private const int RowsRead = 60;

    private static readonly (string Language, string[] Words)[] Words =
    [
        ("German", ["zusammenfassung", "teilnehmer", "vollständiger name", "benutzeraktion", "zeitstempel", "beitrittszeit", "erster beitritt", "letztes verlassen", "letzter austritt", "zeitpunkt des beitritts", "name (originalname)", "benutzer-e-mail", "nachname", "vorname", "dauer"]),
        ("French", ["résumé", "nom complet", "première participation", "premier accès", "heure d’arrivée", "heure d'arrivée", "heure de début", "dernier départ", "action de l'utilisateur", "action de l’utilisateur", "horodatage", "nom (nom original)", "prénom", "durée"]),
        ("Spanish", ["resumen", "nombre completo", "acción del usuario", "acción de usuario", "hora de unión", "primera unión", "primera incorporación", "marca de tiempo", "nombre (nombre original)", "nombre", "apellidos", "duración"]),
        ("Italian", ["riepilogo", "partecipanti", "nome completo", "azione utente", "ora di ingresso", "ora di accesso", "nome (nome originale)", "cognome", "durata"]),
        ("Dutch", ["samenvatting", "deelnemers", "volledige naam", "gebruikersactie", "tijdstip van deelname", "eerste deelname", "naam (oorspronkelijke naam)", "voornaam", "achternaam", "duur"]),
        ("Portuguese", ["resumo", "ação do usuário", "ação do utilizador", "hora de entrada", "primeira entrada", "carimbo de data/hora", "nome (nome original)", "sobrenome", "duração"]),
        ("Polish", ["podsumowanie", "uczestnicy", "pełna nazwa", "imię i nazwisko", "pierwsze dołączenie", "czas dołączenia", "nazwa (oryginalna nazwa)", "czas trwania"]),
        ("Welsh", ["crynodeb", "cyfranogwyr", "enw llawn", "amser ymuno", "hyd"]),
        ("Swedish", ["sammanfattning", "deltagare", "fullständigt namn", "anslutningstid", "förnamn", "varaktighet"]),
        ("Danish", ["oversigt", "deltagere", "fulde navn", "fornavn", "varighed"]),
        ("Norwegian", ["sammendrag", "fullt navn", "fornavn", "varighet"]),
        ("Romanian", ["rezumat", "participanți", "nume complet", "prenume", "durată"]),
        ("Turkish", ["özet", "katılımcılar", "tam ad", "katılma zamanı", "süre"]),
    ];

    /// <summary>The language of a report's headings, and one of them; null: none that is known.</summary>
    public static (string Language, string Heading)? Of(IEnumerable<ReportRow> rows)
    {
        var cells = rows.Take(RowsRead).SelectMany(row => row.Cells).Where(cell => cell.Length is > 0 and < 60).ToList();
        return Words.Select(one => (one.Language, Found: cells.Where(cell => one.Words.Contains(WithoutNumber(cell), StringComparer.OrdinalIgnoreCase)).ToList()))
            .Where(one => one.Found.Count > 0).OrderByDescending(one => one.Found.Count).Select(one => ((string Language, string Heading)?)(one.Language, one.Found[0])).FirstOrDefault();
    }

    // "1. Zusammenfassung".
    private static string WithoutNumber(string cell) => cell.Length > 3 && char.IsAsciiDigit(cell[0]) && cell[1] == '.' ? cell[2..].Trim() : cell;
}
