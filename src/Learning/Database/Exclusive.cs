namespace Learning.Database;

/// <summary>A file that one process at a time may hold; the system lets go of it when the process ends, however it ends.</summary>
internal static class Exclusive
{
    /// <summary>Waits for the file.</summary>
    public static async Task<FileStream> LockAsync(string path, CancellationToken stop)
    {
        while (true)
        {
            if (TryLock(path) is { } held)
            {
                return held;
            }

            await Task.Delay(100, stop);
        }
    }

    /// <summary>The file, or null when another process holds it.</summary>
    public static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
