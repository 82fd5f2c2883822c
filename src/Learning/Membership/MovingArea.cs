using Learning.Messages;

namespace Learning.Membership;

/// <summary>What moving needs to run: employments, addresses, agencies.</summary>
public static class MovingArea
{
    public static IServiceCollection AddMoving(this IServiceCollection services) => services
        .AddScoped<ProposeMove>()
        .AddScoped<WithdrawMove>()
        .AddScoped<ConfirmMove>()
        .AddScoped<DeclineMove>()
        .AddScoped<OpenMoves>()
        .AddScoped<EndEmployment>()
        .AddScoped<ChangeJob>()
        .AddScoped<ChooseMainJob>()
        .AddMessageKinds(MoveLetters.Kinds)
        .AddScoped<AddAddress>()
        .AddScoped<ConfirmAddress>()
        .AddScoped<RemoveAddress>()
        .AddScoped<AskForMainAddress>()
        .AddScoped<ConfirmMainAddress>()
        .AddScoped<GiveUpMainAddress>()
        .AddScoped<SayAddressUnreadable>()
        .AddScoped<VouchForAddress>()
        .AddScoped<ForgetAddressClaims>()
        .AddMessageKinds(AddressLetters.Kinds)
        .AddScoped<AgencyList>()
        .AddScoped<AddAgency>()
        .AddScoped<ChangeAgency>()
        .AddScoped<RenameAgency>()
        .AddScoped<GiveDomains>()
        .AddScoped<TakeDomain>()
        .AddScoped<MergeAgency>();
}
