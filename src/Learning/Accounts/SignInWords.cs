using Learning.Database;
using Learning.Time;

namespace Learning.Accounts;

/// <summary>What the door says. None of it tells whether an address is known.</summary>
internal static class SignInWords
{
    public static string TooManyMails(TimeSpan wait) =>
        $"Several e-mails have been asked for at this address or from your network. Use the newest of them, or ask for another in {Minutes(wait)}";

    public static string TooManyPasswords(TimeSpan wait) =>
        $"Too many wrong passwords were tried for this address or from your network. Leave the password empty and we e-mail you a code, or wait {Minutes(wait)}";

    public static string TooManyCodes(TimeSpan wait) =>
        $"Too many wrong codes were typed for this address or from your network. Press the link in the e-mail instead: it still works. Codes work again in {Minutes(wait)}";

    public const string WrongPasskey = "That passkey opens no account here. It may have been removed, or your records were put together. Sign in in another way";

    public static string TooManyPasskeys(TimeSpan wait) => $"Too many tries came from your network. Wait {Minutes(wait)}, or have a code e-mailed to you";

    public static string TooManyRecoveries(TimeSpan wait) => $"This has been asked for several times of late, for your account or from your network. Ask again in {Long(wait)}, or write to the business unit";

    public static string WrongCode(int left) => $"This is not the code. Check the newest e-mail; you can try {British.Count(left, "more time", "more times")}";

    /// <summary>"password": how a session was begun.</summary>
    public static string Method(SignInMethod method) => method switch
    {
        SignInMethod.Password => "with a password",
        SignInMethod.Email => "by e-mail",
        SignInMethod.Passkey => "with a passkey",
        SignInMethod.Recovery => "with help, after losing a device",
        _ => method.Word(),
    };

    private static string Long(TimeSpan wait) => wait > TimeSpan.FromHours(2) ? British.Count((long)Math.Ceiling(wait.TotalHours), "hour") : Minutes(wait);

    private static string Minutes(TimeSpan wait) => British.Count((long)Math.Ceiling(wait.TotalMinutes), "minute");
}
