using Learning.Messages;

using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Learning.Accounts;

/// <summary>What protects an account besides the first way in: what this part of the area needs to run.</summary>
internal static class Factors
{
    public static IServiceCollection AddFactors(this IServiceCollection services, string content, Uri? site) => services
        .Configure<IdentityPasskeyOptions>(options => Passkeys.Configure(options, site))
        .AddSingleton(_ => new CommonestPasswords(Path.Combine(content, "passwords")))
        .AddScoped<ThisSession>().AddScoped<MyFactors>().AddScoped<ChangeFactors>().AddScoped<SetUpAuthenticator>().AddScoped<MakeRecoveryCodes>().AddScoped<ShownOnce>()
        .AddScoped<AddPasskey>().AddScoped<RemovePasskey>().AddScoped<EnterByPasskey>().AddScoped<SetPassword>().AddScoped<BeginSecondStep>()
        .AddSingleton<AuthenticatorKeys>().AddScoped<HalfSignIns>().AddScoped<TakeSecondStep>()
        .AddScoped<EnterByRecovery>().AddScoped<StopRecovery>().AddScoped<LapseRecoveries>()
        .AddMessageKinds(AccountLetters.Kinds);
}
