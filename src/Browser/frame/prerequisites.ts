/**
 * The prerequisites of SCORM 1.2 (aicc_script), as far as packages use them: items, & | ~ and brackets, AND OR NOT in words, and item = "status" or <>. Whatever else is written there closes nothing.
 */
export function mayOpen(written: string | null, status: (item: string) => string | null): boolean {
  const tokens = (written ?? "").match(/"[^"]*"|<>|[&|~()=]|[^\s&|~()=<>"]+/g) ?? [];
  if (tokens.length === 0) return true;
  let at = 0;
  const word = (): string | undefined => tokens[at];
  const is = (...words: string[]): boolean => word() !== undefined && words.includes(word()!.toUpperCase());

  function any(): boolean {
    let result = all();
    while (is("|", "OR")) {
      at++;
      const other = all();
      result = result || other;
    }
    return result;
  }

  function all(): boolean {
    let result = one();
    while (is("&", "AND")) {
      at++;
      const other = one();
      result = result && other;
    }
    return result;
  }

  function one(): boolean {
    if (is("~", "NOT")) {
      at++;
      return !one();
    }
    if (is("(")) {
      at++;
      const inside = any();
      if (!is(")")) throw new SyntaxError();
      at++;
      return inside;
    }
    const item = tokens[at++];
    if (item === undefined || /^[&|)=]$|^<>$/.test(item)) throw new SyntaxError();
    const stands = status(item);
    if (stands === null) throw new SyntaxError();
    if (is("=", "<>")) {
      const same = tokens[at++] === "=";
      return ((tokens[at++] ?? "").replaceAll('"', "").toLowerCase() === stands) === same;
    }
    return stands === "completed" || stands === "passed";
  }

  try {
    const result = any();
    return at < tokens.length || result;
  } catch {
    return true;
  }
}
