/** `environment { NAME = value }` */
import type { Expression, Statement } from '@millrace/groovy/syntax';
import { parser as say, validator as sayValidator } from '../messages.ts';
import type { Environment, InternalFunctionCall, ModelValue } from '../model.ts';
import { asCall, constantOf, matchAssignment, matchBlock, place, statementsOf } from './match.ts';
import type { Reader } from './reader.ts';
import { literalValue, parseArgument, parseFunctionCall } from './values.ts';

export function parseEnvironment(r: Reader, statement: Statement): Environment {
  const environment: Environment = { at: place(statement), variables: [] };
  const block = matchBlock(statement);
  if (block === null) {
    r.error(environment.at, say.expectedBlockFor('environment'));
    return environment;
  }
  let wrong = false;
  for (const line of statementsOf(block.body)) if (!parseLine(r, line, environment)) wrong = true;
  if (wrong) r.error(environment.at, say.expectedPairs());
  return environment;
}

/** false where the line is no `name = value`. */
function parseLine(r: Reader, line: Statement, environment: Environment): boolean {
  const assignment = matchAssignment(line);
  if (assignment === null || !assignment.plain || assignment.target === null) {
    if (line.kind === 'ExpressionStatement' || line.kind === 'VariableDeclaration') notAPair(r, line);
    return false;
  }
  const key = r.key(assignment.target);
  if (environment.variables.some((v) => v.key.name === key.name)) {
    r.error(key.at, say.duplicateEnvironmentVariable(key.name));
    return true;
  }
  const expression = assignment.value;
  const value = expression === null ? invalid(r, line) : parseValue(r, expression);
  if (value !== null && expression !== null) environment.variables.push({ key, value, expression });
  return true;
}

function notAPair(r: Reader, line: Statement): void {
  const source = r.text(line);
  const equals = source.indexOf('=');
  if (equals >= 0) r.error(place(line), sayValidator.invalidIdentifier(source.slice(0, equals).trim()));
  else r.error(place(line), say.invalidEnvironmentIdentifier(source));
}

function invalid(r: Reader, at: Statement | Expression): null {
  r.error(place(at), say.invalidEnvironmentValue());
  return null;
}

function parseValue(r: Reader, e: Expression): ModelValue | InternalFunctionCall | null {
  if (constantOf(e) !== null || e.kind === 'GString') return parseArgument(r, e);
  const call = asCall(e);
  if (call !== null) return parseFunctionCall(r, call);
  if (!isBinary(e)) return invalid(r, e);
  if (e.kind === 'Binary' && e.op === '+') return concatenation(r, e);
  r.error(place(e), say.invalidEnvironmentOperation());
  return null;
}

/** What Groovy 2.4 has as a BinaryExpression. */
const isBinary = (e: Expression): boolean => e.kind === 'Binary' || e.kind === 'Assignment' || e.kind === 'Index';

/** `"a" + "b" + "${c}"`: only quoted strings may be joined. */
function concatenation(r: Reader, e: Extract<Expression, { kind: 'Binary' }>): ModelValue | null {
  let text = '';
  let literal = true;
  const add = (value: ModelValue): void => {
    if (value.literal === null) {
      literal = false;
      text += trimQuotes(value.source);
    } else text += String(value.literal.value);
  };
  const addExpression = (part: Expression): void => {
    if (constantOf(part) !== null || part.kind === 'GString') add(parseArgument(r, part));
    else r.error(place(part), say.invalidEnvironmentConcatenation());
  };
  if (isBinary(e.left)) {
    if (e.left.kind !== 'Binary' || e.left.op !== '+') {
      r.error(place(e.left), say.invalidEnvironmentOperation());
      return null;
    }
    const left = concatenation(r, e.left);
    if (left === null) return null;
    add(left);
  } else addExpression(e.left);
  addExpression(e.right);
  if (literal) return literalValue(e, { type: 'String', value: text });
  return { kind: 'Value', at: place(e), literal: null, source: text, expression: e };
}

function trimQuotes(s: string): string {
  const quoted = s.length > 1 && (s[0] === '"' || s[0] === "'") && s.at(-1) === s[0];
  return quoted ? trimQuotes(s.slice(1, -1)) : s;
}
