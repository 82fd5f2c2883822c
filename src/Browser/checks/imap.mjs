// A mailbox that is nobody's of this project (hoodiecrow-imap, for tests only). Arguments: user, and a password, or "token:" and an access token; with a key and a certificate file after them it is encrypted from the first byte.
// It prints its port; then each line on standard input is a request: a mail in base64 is put into INBOX, "seen" prints for each mail in its order whether it is marked as read, "move" gives the mailbox other numbers (UIDVALIDITY).
import hoodiecrow from "hoodiecrow-imap/lib/server.js";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [user, secret, key, cert] = process.argv.slice(2);
const token = secret.startsWith("token:") ? secret.slice("token:".length) : undefined;
const server = hoodiecrow({
  plugins: token ? ["SASL-IR", "XOAUTH2"] : [],
  secureConnection: key !== undefined,
  credentials: key && { key: readFileSync(key), cert: readFileSync(cert) },
  users: { [user]: token ? { xoauth2: { accessToken: token } } : { password: secret } },
});
server.listen(0, "127.0.0.1", () => console.log(`port ${server.server.address().port}`));
createInterface({ input: process.stdin }).on("line", (line) => {
  const inbox = server.getMailbox("INBOX");
  if (line === "seen") {
    console.log(inbox.messages.map((mail) => (mail.flags.includes("\\Seen") ? "read" : "new")).join(" "));
  } else if (line === "move") {
    inbox.uidvalidity++;
    console.log(inbox.uidvalidity);
  } else {
    server.appendMessage(inbox, [], "02-Jan-2099 09:00:00 +0000", Buffer.from(line, "base64").toString("latin1"));
    console.log(inbox.messages.length);
  }
}).on("close", () => process.exit(0));
