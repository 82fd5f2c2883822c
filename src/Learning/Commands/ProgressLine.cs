namespace Learning.Commands;

/// <summary>One line on a terminal that is written over and over with what a command is at; nothing where nobody watches.</summary>
internal sealed class ProgressLine : IProgress<string>, IDisposable
{
    private const int Width = 60;

    private bool written;

    public void Report(string value)
    {
        if (Console.IsErrorRedirected)
        {
            return;
        }

        Console.Error.Write('\r' + $"{value} …".PadRight(Width));
        written = true;
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (written)
        {
            Console.Error.Write('\r' + new string(' ', Width) + '\r');
            written = false;
        }
    }
}
