/** Java classes that steps bring along, for the interpreter's index. */
import type { NativeClass } from '@millrace/groovy';
import { CSV_CLASSES } from '../formats/csv-classes.ts';
import { JSON_CLASSES } from '../formats/json-lib.ts';
import { MAVEN_CLASSES } from './maven.ts';
import { RESULT_CLASSES } from './results.ts';

const EXCEPTIONS: readonly NativeClass[] = [
  { name: 'net.sf.json.JSONException', superclass: 'java.lang.RuntimeException' },
  { name: 'org.yaml.snakeyaml.error.YAMLException', superclass: 'java.lang.RuntimeException' },
  { name: 'com.fasterxml.jackson.core.JsonProcessingException', superclass: 'java.io.IOException' },
  { name: 'com.fasterxml.jackson.dataformat.toml.TomlStreamReadException', superclass: 'com.fasterxml.jackson.core.JsonProcessingException' },
  { name: 'com.fasterxml.jackson.dataformat.toml.TomlStreamWriteException', superclass: 'com.fasterxml.jackson.core.JsonProcessingException' },
  { name: 'org.codehaus.plexus.util.xml.pull.XmlPullParserException', superclass: 'java.lang.Exception' },
  { name: 'hudson.model.Failure', superclass: 'java.lang.RuntimeException' },
];

export const stepClasses: readonly NativeClass[] = [...RESULT_CLASSES, ...MAVEN_CLASSES, ...JSON_CLASSES, ...CSV_CLASSES, ...EXCEPTIONS];
