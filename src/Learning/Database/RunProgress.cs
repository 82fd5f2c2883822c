namespace Learning.Database;

/// <summary>How far a verb is that goes through many things one by one, told to whoever runs it: a job, whose page shows it. Nobody need listen.</summary>
public sealed class RunProgress
{
    /// <summary>Who listens, with what has been done and of how many.</summary>
    public Func<int, int, Task>? Heard { get; set; }

    /// <summary>So many of so many are done.</summary>
    public Task AtAsync(int done, int of) => Heard?.Invoke(done, of) ?? Task.CompletedTask;
}
