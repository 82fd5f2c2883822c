using System.Text.Json;

using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Accounts;

/// <summary>What the newest sign-in mail to an address holds, as its reader would see it.</summary>
public sealed record MailedCode(string Link, string Code)
{
    /// <summary>The address of the link's page.</summary>
    public string Path => $"/account/sign-in/link/{Link}";

    /// <summary>A code that is not this one.</summary>
    public string Wrong => Code == "123456" ? "654321" : "123456";

    public static async Task<MailedCode> NewestAsync(Ground ground, string email)
    {
        await using var db = ground.Db();
        var data = await db.Messages.Where(message => message.Kind == "sign-in-code" && message.Address == email)
            .OrderByDescending(message => db.SignInCodes.Any(row => row.Id == message.SubjectId && row.EndedAt == null)).ThenByDescending(message => message.Id).Select(message => message.Data).FirstAsync();
        return JsonSerializer.Deserialize<MailedCode>(data)!;
    }
}
