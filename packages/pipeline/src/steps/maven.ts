/**
 * Follows ReadMavenPomStep and WriteMavenPomStep of pipeline-utility-steps: a POM as an object with the names of Maven's
 * Model. Elements whose plural holds many of one kind are lists, `properties` is a map, other elements with children are
 * objects; whatever the POM does not have is null.
 */

import type { NativeClass, Runtime, Value } from '@millrace/groovy';
import { JavaList, JavaMap, JavaThrowable, mapOf } from '@millrace/groovy';
import type { XmlElement } from '../formats/xml.ts';
import { escapeXml, parseXml, XmlError } from '../formats/xml.ts';
import { illegalArgument, isBlank, readExisting, writeOver } from './file-or-text.ts';
import { Bean } from './results.ts';
import { defineStep } from './step.ts';

const MODEL = 'org.apache.maven.model.Model',
  PART = 'org.apache.maven.model.Element';
/** Elements that hold several of one kind. */
const LISTS = new Set([
  'modules',
  'dependencies',
  'plugins',
  'profiles',
  'exclusions',
  'executions',
  'goals',
  'repositories',
  'pluginRepositories',
  'licenses',
  'developers',
  'contributors',
  'mailingLists',
  'extensions',
  'resources',
  'testResources',
  'reportSets',
  'reports',
  'roles',
  'otherArchives',
  'notifiers',
  'includes',
  'excludes',
  'filters',
]);
const MAPS = new Set(['properties']);
/** Elements whose objects have a class of their own in Maven. */
const CLASSES: Readonly<Record<string, string>> = {
  dependency: 'Dependency',
  parent: 'Parent',
  plugin: 'Plugin',
  profile: 'Profile',
  build: 'Build',
  scm: 'Scm',
};
const SINGULAR: Readonly<Record<string, string>> = { dependencies: 'dependency', repositories: 'repository', pluginRepositories: 'pluginRepository' };

/** Absent elements read as null, as Maven's getters answer. */
class Part extends Bean {
  override getProperty(rt: Runtime, name: string): Value {
    return super.getProperty(rt, name) ?? null;
  }
  override hasMethod(name: string): boolean {
    return /^([gs]et|add)[A-Z]/.test(name) || super.hasMethod(name);
  }
  override invokeMethod(rt: Runtime, name: string, args: readonly Value[]): Value | undefined {
    const known = super.invokeMethod(rt, name, args);
    const added = /^add([A-Z].*)$/.exec(name)?.[1];
    if (added !== undefined && args.length === 1) {
      const one = added.charAt(0).toLowerCase() + added.slice(1);
      const list = one.endsWith('y') ? `${one.slice(0, -1)}ies` : `${one}s`;
      const known = this.properties.get(list);
      if (known instanceof JavaList) known.add(rt, args[0] as Value);
      else this.properties.set(list, new JavaList([args[0] as Value]));
      return null;
    }
    return known === undefined && /^get[A-Z]/.test(name) && args.length === 0 ? null : known;
  }
}

/** `new Model()`, `new Dependency()`, … as scripts make them. */
export const MAVEN_CLASSES: readonly NativeClass[] = ['Model', 'Element', ...Object.values(CLASSES)].map((name) => ({
  name: `org.apache.maven.model.${name}`,
  constructors: { '()': () => new Part(`org.apache.maven.model.${name}`, name === 'Model' ? [['modelVersion', '4.0.0']] : [], { writable: true }) },
}));

function read(element: XmlElement, type: string): Part {
  const properties: [string, Value][] = element.children.map((child) => [child.name, elementValue(child)]);
  const part = new Part(type, properties, {
    writable: true,
    text: (rt) => {
      const get = (name: string): string => rt.str(part.properties.get(name) ?? null);
      return type === MODEL
        ? `${get('groupId')}:${get('artifactId')}:${get('packaging')}:${get('version')}`
        : `${element.name} ${get('groupId')}:${get('artifactId')}:${get('version')}`;
    },
  });
  return part;
}

function classOf(element: XmlElement): string {
  const own = Object.hasOwn(CLASSES, element.name) ? CLASSES[element.name] : undefined;
  return own === undefined ? PART : `org.apache.maven.model.${own}`;
}

function elementValue(element: XmlElement): Value {
  if (LISTS.has(element.name))
    return new JavaList(element.children.map((child) => (child.children.length === 0 ? child.text.trim() : read(child, classOf(child)))));
  if (MAPS.has(element.name)) return mapOf(element.children.map((child): [string, Value] => [child.name, child.text.trim()]));
  return element.children.length === 0 ? element.text.trim() : read(element, classOf(element));
}

function write(rt: Runtime, name: string, value: Value, indent: string): string {
  if (value === null) return '';
  const block = (inner: string): string => (inner === '' ? `${indent}<${name} />\n` : `${indent}<${name}>\n${inner}${indent}</${name}>\n`);
  if (value instanceof Bean) return block([...value.properties].map(([key, v]) => write(rt, key, v, `${indent}  `)).join(''));
  if (value instanceof JavaMap)
    return block(
      value
        .entries()
        .map((e) => write(rt, rt.str(e.key), e.value, `${indent}  `))
        .join(''),
    );
  if (value instanceof JavaList) return block(value.items.map((v) => write(rt, SINGULAR[name] ?? name.replace(/s$/, ''), v, `${indent}  `)).join(''));
  return `${indent}<${name}>${escapeXml(rt.str(value))}</${name}>\n`;
}

export const readMavenPomStep = defineStep({
  name: 'readMavenPom',
  summary: 'Read a maven project file.',
  needs: ['workspace'],
  params: [{ name: 'file', type: 'string', help: 'pom.xml where left out.' }],
  describe: (args) => args.file,
  *run(cx, args) {
    const text = yield* readExisting(cx, 'readMavenPom', isBlank(args.file) ? 'pom.xml' : (args.file as string));
    try {
      const root = parseXml(text);
      if (root.name !== 'project')
        throw new JavaThrowable('org.codehaus.plexus.util.xml.pull.XmlPullParserException', `Expected root element 'project' but found '${root.name}'`);
      const model = read(root, MODEL);
      for (const [name, value] of [
        ['packaging', 'jar'],
        ['modules', new JavaList()],
        ['dependencies', new JavaList()],
        ['profiles', new JavaList()],
        ['properties', new JavaMap()],
      ] as const) {
        if (!model.properties.has(name)) model.properties.set(name, value);
      }
      return model;
    } catch (e) {
      if (e instanceof XmlError)
        throw new JavaThrowable('org.codehaus.plexus.util.xml.pull.XmlPullParserException', `${e.message} (position: line ${e.line}, column ${e.column})`);
      throw e;
    }
  },
});

export const writeMavenPomStep = defineStep({
  name: 'writeMavenPom',
  summary: 'Write a maven project file.',
  needs: ['workspace'],
  params: [
    { name: 'model', type: 'any', required: true, help: 'What readMavenPom gave.' },
    { name: 'file', type: 'string', help: 'pom.xml where left out.' },
  ],
  describe: (args) => args.file,
  *run(cx, args) {
    const { model } = args;
    if (model === null) throw illegalArgument('model must be non-null');
    if (!(model instanceof Part))
      throw new JavaThrowable('java.lang.ClassCastException', `model expects class ${MODEL} but received ${cx.rt.classOf(model).name}`);
    const inner = [...model.properties]
      .filter(
        ([name, value]) =>
          !(name === 'packaging' && value === 'jar') && !(value instanceof JavaList && value.size === 0) && !(value instanceof JavaMap && value.size === 0),
      )
      .map(([name, value]) => write(cx.rt, name, value, '  '))
      .join('');
    const text =
      '<?xml version="1.0" encoding="UTF-8"?>\n<project xmlns="http://maven.apache.org/POM/4.0.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
      `xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 http://maven.apache.org/xsd/maven-4.0.0.xsd">\n${inner}</project>\n`;
    yield* writeOver(cx, 'writeMavenPom', isBlank(args.file) ? 'pom.xml' : (args.file as string), text);
    return null;
  },
});
