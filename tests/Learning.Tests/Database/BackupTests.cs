using System.IO.Compression;

using Learning.Attendance;
using Learning.Commands;
using Learning.Database;
using Learning.Tests.Attendance;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Database;

/// <summary>A backup is the whole system as it was at one instant, and comes back whole or not at all.</summary>
public sealed class BackupTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("learning-backup-");
    private static int made;

    [Fact]
    public async Task A_backup_that_is_taken_under_way_comes_back_as_it_was_at_its_instant()
    {
        var hall = await Hall.Open(ground, 3);
        await hall.Sent("tablet", hall.Mark(hall.People[0].Id), hall.Mark(hall.People[1].Id, MarkKind.Part, 90));
        await hall.Sign();
        var before = await Everything(ground.OwnerConnectionString);

        // Somebody is written down while the first table is copied: they are in none of it.
        var path = Path.Combine(folder.FullName, "one.backup");
        var contents = await TakeBackup.RunAsync(ground.ConnectionString, path, ground.Clock, new Told(() => ground.Given.Booking(hall.Session, ground.Given.Person().Result).Wait()));
        Assert.True(contents.Tables.Count > 60);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        Assert.NotEqual(before, await Everything(ground.OwnerConnectionString));
        var restored = await FreshAsync();
        Assert.Equal(contents.TakenAt, (await RestoreBackup.RunAsync(restored, path)).TakenAt);
        Assert.Equal(before, await Everything(restored));
        Assert.Equal(0, await Check(restored));

        // Every constraint and trigger is there again, and numbers go on from where they were.
        Assert.Equal(await Guards(ground.OwnerConnectionString), await Guards(restored));
        var again = Ground.OnServer(restored, restored);
        var hall2 = await Hall.Open(again, 1);
        await hall2.Sent("tablet", hall2.Mark(hall2.People[0].Id));
        await Assert.ThrowsAsync<PostgresException>(() => again.Sql("update marks set minutes = 1"));
        await Assert.ThrowsAsync<BackupException>(() => RestoreBackup.RunAsync(restored, path));
        await again.DisposeAsync();
    }

    [Fact]
    public async Task A_backup_of_an_older_program_is_brought_up_to_this_one()
    {
        var old = await FreshAsync();
        await Migrator.RunAsync(old, [.. Migrator.Names().SkipLast(1)], CancellationToken.None);
        var path = Path.Combine(folder.FullName, "old.backup");
        await TakeBackup.RunAsync(old, path, ground.Clock);
        var restored = await FreshAsync();
        await RestoreBackup.RunAsync(restored, path);
        Assert.Empty(await Migrator.RunAsync(restored));
        Assert.Contains("newer than the backup", (await Assert.ThrowsAsync<BackupException>(() => RestoreBackup.RunAsync(restored, path))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_restored_is_refused_in_a_sentence_and_leaves_nothing()
    {
        await ground.Given.Person();
        var path = Path.Combine(folder.FullName, "good.backup");
        await TakeBackup.RunAsync(ground.ConnectionString, path, ground.Clock);
        Assert.Contains("is there already", (await Assert.ThrowsAsync<BackupException>(() => TakeBackup.RunAsync(ground.ConnectionString, path, ground.Clock))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be written", (await Assert.ThrowsAsync<BackupException>(() => TakeBackup.RunAsync(ground.ConnectionString, Path.Combine(folder.FullName, "no", "where"), ground.Clock))).Message, StringComparison.Ordinal);
        Assert.Equal([path], folder.GetFiles("*good*").Select(file => file.FullName));

        var restored = await FreshAsync();
        await Refused("cannot be read", file => File.WriteAllText(file, "nothing"));
        await Refused("cannot be read", file => File.WriteAllBytes(file, [.. File.ReadAllBytes(path).SkipLast(200)]));
        await Refused("no backup of Learning", file => Edit(file, zip => zip.GetEntry("backup.json")!.Delete()));
        await Refused("rows of persons are not", file => Edit(file, zip => zip.GetEntry("tables/persons.copy")!.Delete()));
        await Refused("rows of persons are not", file => Edit(file, zip => Replace(zip, "tables/persons.copy", bytes => bytes[^3] ^= 1)));
        await Refused("rows of persons are not", file => Edit(file, zip => Replace(zip, "tables/persons.copy", bytes => bytes[60] ^= 1)));
        await Refused("does not say what it holds", file => Edit(file, zip => Replace(zip, "backup.json", bytes => bytes[0] = 0)));
        await Refused("newer Learning (9999_later.sql)", file => Edit(file, zip => Replace(zip, "backup.json", text => text.Replace("\"migrations\":[", "\"migrations\":[\"9999_later.sql\",", StringComparison.Ordinal))));
        await Refused("format that this program does not know (2)", file => Edit(file, zip => Replace(zip, "backup.json", text => text.Replace("\"format\":1", "\"format\":2", StringComparison.Ordinal))));
        await RestoreBackup.RunAsync(restored, path);

        async Task Refused(string says, Action<string> spoil)
        {
            var spoilt = Path.Combine(folder.FullName, $"spoilt{Interlocked.Increment(ref made)}");
            File.Copy(path, spoilt);
            spoil(spoilt);
            Assert.Contains(says, (await Assert.ThrowsAsync<BackupException>(() => RestoreBackup.RunAsync(restored, spoilt))).Message, StringComparison.Ordinal);
        }
    }

    public Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 16:00");
        return Task.CompletedTask;
    }

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    // A database that no program was started on.
    private async Task<string> FreshAsync()
    {
        var name = $"fresh_{Environment.ProcessId}_{Interlocked.Increment(ref made)}";
        await ground.OwnerSql($"create database {name} template template0");
        return new NpgsqlConnectionStringBuilder(ground.OwnerConnectionString) { Database = name }.ConnectionString;
    }

    private static Task<string> Everything(string connection) => Text(connection, """
        select string_agg(c.relname || ': ' || (xpath('/row/n/text()', query_to_xml(format('select count(*) || '' '' || coalesce(md5(string_agg(t::text, ''|'' order by t::text)), '''') as n from public.%I t', c.relname), false, true, '')))[1]::text, E'\n' order by c.relname)
        from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'migrations'
        """);

    private static Task<string> Guards(string connection) => Text(connection, """
        select (select string_agg(conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated, E'\n' order by conrelid::regclass::text, conname) from pg_constraint where connamespace = 'public'::regnamespace)
            || (select string_agg(tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text, E'\n' order by tgrelid::regclass::text, tgname) from pg_trigger where not tgisinternal)
        """);

    private static async Task<string> Text(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<int> Check(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        return await CheckCommand.WalkAsync(source, TextWriter.Null, CancellationToken.None);
    }

    private static void Edit(string file, Action<ZipArchive> edit)
    {
        using var zip = ZipFile.Open(file, ZipArchiveMode.Update);
        edit(zip);
    }

    private static void Replace(ZipArchive zip, string name, Func<string, string> edit) =>
        Replace(zip, name, bytes => System.Text.Encoding.UTF8.GetBytes(edit(System.Text.Encoding.UTF8.GetString(bytes))));

    private static void Replace(ZipArchive zip, string name, Action<byte[]> edit) => Replace(zip, name, bytes =>
    {
        edit(bytes);
        return bytes;
    });

    private static void Replace(ZipArchive zip, string name, Func<byte[], byte[]> edit)
    {
        var old = zip.GetEntry(name)!;
        using var kept = new MemoryStream();
        using (var from = old.Open())
        {
            from.CopyTo(kept);
        }

        old.Delete();
        using var to = zip.CreateEntry(name).Open();
        to.Write(edit(kept.ToArray()));
    }

    private sealed class Told(Action once) : IProgress<string>
    {
        private bool done;

        public void Report(string value)
        {
            if (!done)
            {
                done = true;
                once();
            }
        }
    }
}
