/** Jenkins' label expressions: `linux && (docker || !arm) -> x`, quotes around odd names. */

export function labelMatcher(expression: string): ((labels: ReadonlySet<string>) => boolean) | null {
  const tokens = expression.match(/"(?:[^"\\]|\\.)*"|&&|\|\||<->|->|[!()]|[^\s!()&|<>"]+|./g)?.filter((t) => t.trim() !== '') ?? [];
  let at = 0;
  type Match = (labels: ReadonlySet<string>) => boolean;
  const primary = (): Match => {
    const token = tokens[at++];
    if (token === '!') {
      const inner = primary();
      return (l) => !inner(l);
    }
    if (token === '(') {
      const inner = implies();
      if (tokens[at++] !== ')') throw new SyntaxError();
      return inner;
    }
    if (token === undefined || /^(&&|\|\||->|<->|\)|[&|<>"])$/.test(token)) throw new SyntaxError();
    const name = token.startsWith('"') ? token.slice(1, -1).replace(/\\(.)/g, '$1') : token;
    return (l) => l.has(name);
  };
  const and = (): Match => {
    let left = primary();
    while (tokens[at] === '&&') {
      at++;
      const a = left,
        b = primary();
      left = (l) => a(l) && b(l);
    }
    return left;
  };
  const or = (): Match => {
    let left = and();
    while (tokens[at] === '||') {
      at++;
      const a = left,
        b = and();
      left = (l) => a(l) || b(l);
    }
    return left;
  };
  const implies = (): Match => {
    let left = or();
    for (let op = tokens[at]; op === '->' || op === '<->'; op = tokens[at]) {
      at++;
      const a = left,
        b = or(),
        same = op === '<->';
      left = same ? (l) => a(l) === b(l) : (l) => !a(l) || b(l);
    }
    return left;
  };
  try {
    const match = implies();
    return at === tokens.length ? match : null;
  } catch {
    return null;
  }
}
