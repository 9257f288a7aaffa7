/**
 * Classes of the Jenkins server, of its plug-ins and of the Java under it that no table here knows. Libraries import many
 * of them and use few: for a branch that never runs here, for a type in a signature, for `catch` and `instanceof`. So they
 * are there by name, and whoever makes one or calls it gets an error that says why. A package of Java that is known as a
 * whole (`java.util`) has no stand-ins: there a wrong name is a wrong name.
 */
import type { NativeClass } from '@millrace/groovy';
import { JavaThrowable } from '@millrace/groovy';

/** `jenkins.model.X`, but not `jenkins.X`: that may well be a library's variable. */
const NAMES = /^(?:hudson|jenkins(?:\.[a-z]\w*)+|org\.jenkinsci|org\.jvnet\.hudson|org\.kohsuke|com\.cloudbees)(?:\.[a-z]\w*)*(?:\.[A-Z]\w*)+$/;

const SIMPLE_NAME = /\.([A-Z]\w*)$/;
/** Packages of Java, Groovy and the libraries that come with Jenkins, which Millrace has in parts or not at all. */
const PACKAGES: ReadonlySet<string> = new Set([
  'groovy.io',
  'groovy.sql',
  'groovy.text',
  'groovy.util.logging',
  'groovy.xml',
  'groovy.xml.dom',
  'java.lang.annotation',
  'java.lang.reflect',
  'java.nio',
  'java.nio.channels',
  'java.nio.charset',
  'java.nio.file',
  'java.security',
  'java.security.interfaces',
  'java.security.spec',
  'java.sql',
  'java.util.jar',
  'java.util.logging',
  'java.util.zip',
]);
const LIBRARIES = /^(?:javax|edu\.umd\.cs\.findbugs|com\.google\.common|net\.sf\.json|org\.(?:apache|codehaus\.groovy|slf4j|w3c|xml|yaml))\.[\w.]*$/;
/** Of packages that are known otherwise. */
const CLASSES: ReadonlySet<string> = new Set([
  'java.io.ByteArrayInputStream',
  'java.io.ByteArrayOutputStream',
  'java.io.FileInputStream',
  'java.io.FileOutputStream',
  'java.io.FileReader',
  'java.io.FileWriter',
  'java.io.InputStream',
  'java.io.InputStreamReader',
  'java.io.ObjectInputStream',
  'java.io.ObjectOutputStream',
  'java.io.OutputStream',
  'java.io.OutputStreamWriter',
  'java.net.HttpURLConnection',
  'java.net.InetAddress',
  'java.net.InetSocketAddress',
  'java.net.Socket',
  'java.net.URLConnection',
  'java.util.WeakHashMap',
]);

function ofJava(name: string): boolean {
  const simple = SIMPLE_NAME.exec(name);
  return simple !== null && (CLASSES.has(name) || LIBRARIES.test(name) || PACKAGES.has(name.slice(0, simple.index)));
}

/** The stand-in for a class that an import or a full name means; null where the name is of neither. */
export function serverClass(name: string): NativeClass | null {
  const java = ofJava(name);
  if (!java && !NAMES.test(name)) return null;
  const refuse = (what: string): never => {
    throw new JavaThrowable(
      'java.lang.UnsupportedOperationException',
      `MR_SERVER_CLASS: ${what} ${java ? 'is of the Java that Jenkins runs on, and not among what Millrace has of it' : 'belongs to the Jenkins server, and Millrace has none of its classes'}`,
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
