using System.Security.Cryptography;
using System.Text;

using Microsoft.AspNetCore.Components;

namespace Learning.Attendance;

/// <summary>The address of the register's service worker: it changes with the program and with each file that the register is made of, so that a browser takes a new one when there is one.</summary>
internal static class RegisterWorker
{
    private static readonly string[] Files = ["built/register.js", "built/door.js", "built/site.js", "built/site.css", "register-worker.js"];

    public static string Address(ResourceAssetCollection assets)
    {
        var parts = string.Join('\n', Files.Select(file => assets[file])) + typeof(RegisterWorker).Module.ModuleVersionId;
        return $"/register-worker.js?v={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts)))[..16]}";
    }
}
