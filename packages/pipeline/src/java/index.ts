/** The classes of Jenkins that scripts meet, in the form of the language's own tables. */
import type { Library } from '@millrace/groovy';
import { stepClasses } from '../steps/classes.ts';
import { caseStatusClass } from './case-status.ts';
import { cpsClosureClass, cpsScriptClass } from './cps-script.ts';
import { exceptionClasses } from './exceptions.ts';
import { escapeClasses } from './html-escapes.ts';
import { mailScriptClass } from './mail-script.ts';
import { modelClasses } from './model.ts';
import { resultClass } from './result.ts';

export const jenkinsLibrary: Library = {
  classes: [
    cpsClosureClass,
    cpsScriptClass,
    mailScriptClass,
    resultClass,
    caseStatusClass,
    ...escapeClasses,
    ...exceptionClasses,
    ...modelClasses,
    ...stepClasses,
    { name: 'org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable' },
    { name: 'org.jenkinsci.plugins.workflow.cps.EnvActionImpl' },
    { name: 'org.jenkinsci.plugins.workflow.support.steps.build.RunWrapper' },
    { name: 'org.jenkinsci.plugins.workflow.cps.DSL' },
    { name: 'org.jenkinsci.plugins.workflow.libs.LibraryStep$LoadedClasses' },
  ],
  extensions: [],
};

/** Packages whose classes need no import, as the GroovyShellDecorators of workflow-cps and pipeline-utility-steps add them. */
export const starImports: readonly string[] = ['hudson.model', 'jenkins.model', 'com.cloudbees.groovy.cps', 'org.apache.commons.csv', 'org.apache.maven.model'];
