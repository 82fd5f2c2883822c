// A mail server that is nobody's of this project (smtp-server, for tests and benchmarks only): takes everything, delivers nothing, and says on request what it has.
// With four arguments, a key file, a certificate file, a user and a password, it takes mail only after STARTTLS from who knows them; with "implicit" as a fifth it is encrypted from the first byte; a password "token:…" is an access token, and XOAUTH2 the only way to sign in. It prints its port; then each line on standard input is a request: "count" prints JSON with the Message-IDs and how often each came, "empty" forgets them.
import { SMTPServer } from "smtp-server";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [key, cert, user, password, implicit] = process.argv.slice(2);
const token = password?.startsWith("token:") ? password.slice("token:".length) : undefined;
const locked = {
  key: key && readFileSync(key),
  cert: cert && readFileSync(cert),
  secure: implicit === "implicit",
  authOptional: false,
  ...(token ? { authMethods: ["XOAUTH2"] } : {}),
  onAuth: (auth, session, done) => (session.secure && auth.username === user && (token ? auth.accessToken === token : auth.password === password) ? done(null, { user }) : done(new Error("Unknown user or password"))),
};

let mails = new Map();
const server = new SMTPServer({
  ...(key ? locked : { authOptional: true, disabledCommands: ["AUTH", "STARTTLS"] }),
  disableReverseLookup: true,
  logger: false,
  onData(stream, session, done) {
    const pieces = [];
    stream.on("data", (piece) => pieces.push(piece));
    stream.on("end", () => {
      const head = Buffer.concat(pieces).toString("latin1");
      const id = /^message-id:\s*(<[^>]+>)/im.exec(head)?.[1] ?? "none";
      const to = session.envelope.rcptTo[0].address;
      const seen = mails.get(id) ?? { times: 0, to: new Set() };
      seen.times++;
      seen.to.add(to);
      mails.set(id, seen);
      done();
    });
  },
});
server.on("error", () => {}); // A client that is killed hangs up in the middle of a word.
server.listen(0, "127.0.0.1", () => console.log(`port ${server.server.address().port}`));
createInterface({ input: process.stdin }).on("line", (line) => {
  if (line === "count") {
    const all = [...mails.values()];
    console.log(JSON.stringify({ mails: all.reduce((sum, one) => sum + one.times, 0), distinct: mails.size, twice: all.filter((one) => one.times > 1).length, strayed: all.filter((one) => one.to.size > 1).length }));
  } else if (line === "empty") {
    mails = new Map();
    console.log("{}");
  }
}).on("close", () => process.exit(0));
