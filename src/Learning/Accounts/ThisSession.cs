using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>The session in which somebody asks.</summary>
public sealed class ThisSession(LearningDb db, IHttpContextAccessor request)
{
    /// <summary>Its row; null for a visitor, and for a program with a token.</summary>
    public Task<AccountSession?> ReadAsync(CancellationToken stop = default) => LiveSessions.IdOf(request.HttpContext?.User) is { } id
        ? db.AccountSessions.AsNoTracking().SingleOrDefaultAsync(session => session.Id == id, stop)
        : Task.FromResult<AccountSession?>(null);
}
