using Learning.Messages;

namespace Learning.Membership;

/// <summary>What the area needs to run: its verbs, questions and kinds of message.</summary>
public static class MembershipArea
{
    public static IServiceCollection AddMembership(this IServiceCollection services, string content) => services
        .AddSingleton(_ => new MailDomains(Path.Combine(content, "programme", "mail-domains.yaml")))
        .AddScoped<AddPerson>()
        .AddScoped<ProposedAgency>()
        .AddScoped<AskToJoin>()
        .AddScoped<SendCodeAgain>()
        .AddScoped<ConfirmSignUp>()
        .AddScoped<ChooseAgency>()
        .AddScoped<WaitingSignUps>()
        .AddScoped<PlaceSignUp>()
        .AddScoped<DeclineSignUp>()
        .AddScoped<ForgetUntaken>()
        .AddScoped<CheckList>()
        .AddScoped<StartInviting>()
        .AddScoped<AcceptInvitation>()
        .AddScoped<OpenInvitations>()
        .AddScoped<SendInvitationAgain>()
        .AddScoped<WithdrawInvitation>()
        .AddScoped<AddByName>()
        .AddScoped<MakeClaimCode>()
        .AddScoped<InvitePerson>()
        .AddSingleton<InvitePiece>()
        .AddMessageKinds(JoiningLetters.Kinds);

    /// <summary>Goes on with lists of people to invite, as long as the program runs.</summary>
    public static IServiceCollection AddInviting(this IServiceCollection services) => services.AddHostedService<InvitingLoop>();
}
