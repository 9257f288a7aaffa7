/** What all checks share: where errors go, what the installation offers, and the checks of arguments. */
import { type DeclarativeDescriptors, type Describable, type ParameterDescriptor, soleParameter } from '../descriptors.ts';
import type { ErrorCollector } from '../errors.ts';
import { validator as say } from '../messages.ts';
import type { ArgumentList, Element, Key, ModelValue, Place } from '../model.ts';
import { nearestName } from '../nearest-name.ts';
import { accepts, literalText, literalTypeText, typeText } from './types.ts';

export class Validator {
  readonly errors: ErrorCollector;
  readonly descriptors: DeclarativeDescriptors;

  constructor(errors: ErrorCollector, descriptors: DeclarativeDescriptors) {
    this.errors = errors;
    this.descriptors = descriptors;
  }

  error(at: Place | null, message: string): void {
    this.errors.error(at, message);
  }

  /** Whether the parameter exists; else it is reported with the nearest name. */
  parameter(model: Describable, key: Key): ParameterDescriptor | null {
    const found = model.parameters.find((p) => p.name === key.name);
    if (found) return found;
    this.error(
      key.at,
      say.invalidParameter(
        key.name,
        nearestName(
          key.name,
          model.parameters.map((p) => p.name),
        ),
      ),
    );
    return null;
  }

  /** Whether a literal fits; `key` null leaves the parameter unnamed in the message. */
  valueType(value: ModelValue, parameter: ParameterDescriptor | null, key: Key | null): boolean {
    const { literal } = value;
    if (literal === null || (parameter !== null && accepts(parameter, literal))) return true;
    const type = parameter === null ? 'null' : typeText(parameter.type);
    const text = literalText(literal);
    this.error(
      value.at,
      key === null
        ? say.invalidUnnamedParameterType(type, text, literalTypeText(literal))
        : say.invalidParameterType(type, key.name, text, literalTypeText(literal)),
    );
    return false;
  }

  /** The arguments of a step or `when` condition. */
  arguments(element: Element, name: string, args: ArgumentList, model: Describable, takesBody: boolean): void {
    const required = model.parameters.filter((p) => p.required);
    const sole = soleParameter(model);
    if (args.kind === 'Positional') {
      this.error(element.at, say.mustBeNamed(name));
      return;
    }
    if (args.kind === 'Single') {
      if (sole === null && !takesBody) this.error(element.at, say.notSingleRequiredParameter());
      else this.valueType(args.value, sole, null);
      return;
    }
    let valid = true;
    for (const { key, value } of args.entries) {
      const known = model.parameters.some((p) => p.name === key.name);
      // `checkout(branches: …)`: the names belong to what the sole parameter describes, which is checked where it runs.
      if (!known && sole !== null && isDescribable(sole.type)) return;
      const parameter = this.parameter(model, key);
      const unnamed = args.entries.length === 1 && sole === parameter && !takesBody;
      if (parameter === null || !this.valueType(value, parameter, unnamed ? null : key)) valid = false;
    }
    if (!valid) return;
    for (const p of required) {
      if (!args.entries.some((e) => e.key.name === p.name)) this.error(element.at, say.missingRequiredParameter(p.name));
    }
  }
}

const PLAIN = /^(?:java\.|[a-z]+$)/;
/** A type of Jenkins' own that has parameters: `hudson.scm.SCM`. */
const isDescribable = (type: string): boolean => !PLAIN.test(type);

/** Those that stand there more than once, each once, in order. */
export function repeated<T>(items: readonly T[]): T[] {
  return items.filter((item, i) => items.indexOf(item) === i && items.lastIndexOf(item) !== i);
}
