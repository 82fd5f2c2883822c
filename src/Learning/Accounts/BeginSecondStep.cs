using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>Leads somebody who is signed in to the second step of their own account, as after a first factor: for whoever signed in without it and now needs it.</summary>
public sealed class BeginSecondStep(LearningDb db, ThisSession session, HalfSignIns halves)
{
    /// <summary>The address to go on to.</summary>
    public async Task<string> RunAsync(string returnUrl, CancellationToken stop = default)
    {
        if (await session.ReadAsync(stop) is not { } here)
        {
            return SignIn.Page;
        }

        var method = here.Method == SignInMethod.Recovery ? SignInMethod.Email : here.Method;
        await halves.BeginAsync(await db.Users.AsNoTracking().SingleAsync(account => account.Id == here.AccountId, stop), method, FinishSignIn.Within(returnUrl));
        return FinishSignIn.SecondStep;
    }
}
