#if MAIL_MAILKIT
using Learning.Messages.MailKit;
#else
using Learning.Messages.SystemNet;
#endif

namespace Learning.Messages;

/// <summary>What the area needs to run. <c>server</c> null: messages are kept and shown, and nothing leaves.</summary>
public static class MessagesArea
{
    /// <summary>Adds the verbs and questions; the letterhead is asked for when the first letter is written.</summary>
    public static IServiceCollection AddMessages(this IServiceCollection services, string content, MailServer? server, Func<IServiceProvider, Letterhead> head)
    {
        services.AddSingleton(head);
        services.AddSingleton(_ => new LetterTemplates(Path.Combine(content, "emails")));
        services.AddSingleton<Seals>();
        services.AddSingleton<WriteLetter>();
        services.AddSingleton(new MailSetting(server));
        services.AddScoped<MessageList>().AddScoped<LookAtMessage>().AddScoped<SendAgain>();
        services.AddScoped<RecordBounces>().AddScoped<ReadBounces>().AddScoped<ExplainMessages>().AddScoped<LetterVersions>().AddScoped<EditLetter>().AddScoped<TryLetter>();
        services.AddScoped<MessageChoices>().AddScoped<ChooseMessages>().AddScoped<StopDigest>();
        if (server is not null)
        {
            services.AddSingleton<Func<IMailTransport>>(() => new MailTransport(server));
            services.AddSingleton<SendMessages>();
            services.AddHostedService<TellOfMessages>();
        }

        return services;
    }

    /// <summary>Sends what is due, as soon as it is, as long as the program runs.</summary>
    public static IServiceCollection AddSending(this IServiceCollection services, string connectionString) => services.AddSingleton(new ListeningPlace(connectionString)).AddHostedService<SendingLoop>();

    /// <summary>The kinds of an area, each with a template of its name.</summary>
    public static IServiceCollection AddMessageKinds(this IServiceCollection services, params MessageKind[] kinds)
    {
        foreach (var kind in kinds)
        {
            services.AddSingleton(kind);
        }

        return services;
    }

    /// <summary>The mail server that a setting names, if this build can speak to it. Throws <see cref="FormatException"/> with the one line that says what to do.</summary>
    public static MailServer? ServerOf(string? setting, MailTokens? tokens = null) =>
        MailServer.Of(setting, tokens) is not { } server ? null : MailTransport.Refusal(server) is { } refusal ? throw new FormatException(refusal) : server;

    /// <summary>The same of the mailbox that a setting names.</summary>
    public static BounceMailbox? MailboxOf(string? setting, MailTokens? tokens = null) =>
        BounceMailbox.Of(setting, tokens) is not { } mailbox ? null : ReportMailbox.Refusal(mailbox) is { } refusal ? throw new FormatException(refusal) : mailbox;
}

/// <summary>The mail server, or that there is none.</summary>
public sealed record MailSetting(MailServer? Server);
