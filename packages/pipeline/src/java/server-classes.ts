/**
 * Classes of the Jenkins server and its plug-ins that no table here knows. Libraries import many of them and use few: for
 * a branch that never runs here, for a type in a signature, for `catch` and `instanceof`. So they are there by name, and
 * whoever makes one or calls it gets an error that says why.
 */
import type { NativeClass } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';

/** `jenkins.model.X`, but not `jenkins.X`: that may well be a library's variable. */
const NAMES = /^(?:hudson|jenkins(?:\.[a-z]\w*)+|org\.jenkinsci|org\.jvnet\.hudson|org\.kohsuke|com\.cloudbees)(?:\.[a-z]\w*)*(?:\.[A-Z]\w*)+$/;

/** The stand-in for a class that an import or a full name means; null where the name is not of Jenkins. */
export function serverClass(name: string): NativeClass | null {
  if (!NAMES.test(name)) return null;
  const refuse = (what: string): never => {
    throw new JavaThrowable(
      'java.lang.UnsupportedOperationException',
      `MR_SERVER_CLASS: ${what} belongs to the Jenkins server, and Millrace has none of its classes`,
    );
  };
  return {
    name,
    constructors: { '(java.lang.Object[])': () => refuse(`new ${name}`) },
    statics: {
      '$static_methodMissing(java.lang.String, java.lang.Object)': (_rt, _self, method) => refuse(`${name}.${String(method)}`),
      '$static_propertyMissing(java.lang.String)': (_rt, _self, property) => refuse(`${name}.${String(property)}`),
    },
  };
}
