using System.Text;

using QRCoder;

namespace Learning.BrowserTests.Tablet;

/// <summary>What a camera sees that tickets are held before, one after another: a film for Chromium's fake device, drawn square by square. It begins anew at its end, as a queue does that nobody has counted.</summary>
internal static class Feed
{
    private const int Width = 320, Height = 240;

    /// <summary>Writes the film.</summary>
    /// <param name="each">Pictures in which each ticket stands still.</param>
    public static void Write(string file, IEnumerable<string> tickets, int perSecond = 20, int each = 1)
    {
        using var film = File.Create(file);
        film.Write(Encoding.ASCII.GetBytes($"YUV4MPEG2 W{Width} H{Height} F{perSecond}:1 Ip A1:1 C420jpeg\n"));
        var grey = new byte[Width * Height / 2];
        Array.Fill(grey, (byte)128);
        foreach (var ticket in tickets)
        {
            var picture = Draw(ticket);
            for (var i = 0; i < each; i++)
            {
                film.Write("FRAME\n"u8);
                film.Write(picture);
                film.Write(grey);
            }
        }
    }

    private static byte[] Draw(string ticket)
    {
        using var code = QRCodeGenerator.GenerateQrCode(ticket, QRCodeGenerator.ECCLevel.L);
        var (light, size) = (new byte[Width * Height], code.ModuleMatrix.Count);
        Array.Fill(light, (byte)235);
        var scale = (Height - 10) / size;
        var (left, top) = ((Width - (size * scale)) / 2, (Height - (size * scale)) / 2);
        for (var y = 0; y < size * scale; y++)
        {
            for (var x = 0; x < size * scale; x++)
            {
                if (code.ModuleMatrix[y / scale][x / scale])
                {
                    light[((top + y) * Width) + left + x] = 16;
                }
            }
        }

        return light;
    }
}
