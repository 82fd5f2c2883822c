namespace Learning.Records.Held;

internal static class KnownDevices
{
    public static readonly Section Section = new(
        "devices", "Browsers that we know as yours", "In which you have signed in before. Their cookie holds a secret that is not shown here.", ["known_devices.account_id"],
        "select d.device, d.first_at, d.seen_at from known_devices d join accounts a on a.id = d.account_id where a.person_id = any(@persons) order by d.first_at, d.id",
        [new("device", "Browser"), new("firstAt", "First signed in"), new("seenAt", "Last signed in")]);
}
