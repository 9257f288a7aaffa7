/** The script of a build of a job that has a template: at the commit that its version means now, which is kept for the build. */
import type { TemplateDefinition } from '@millrace/protocol';
import type { AskServices, BuildIdentity } from '../builds/ask-context.ts';
import { AskFailure } from '../builds/ask-context.ts';
import { bindLibrary } from '../scm/libraries.ts';
import { templateScript } from './template-script.ts';
import { Templates } from './templates.ts';

/** Fails with the codes of libraries and templates, and MR_TEMPLATE_PARAMETERS where its parameters do not fit any more. */
export async function boundTemplate(services: AskServices, build: BuildIdentity, definition: TemplateDefinition): Promise<string> {
  const { library, template: name, version } = definition;
  const folder = build.job.includes('/') ? build.job.slice(0, build.job.lastIndexOf('/')) : null;
  const at = await bindLibrary(services, build, library, version);
  const template = await new Templates(services).read(definition, folder, at);
  const { parameters, errors } = template.check(definition.parameters);
  if (errors.length > 0) {
    const lines = errors.map(({ pointer, detail }) => `\n  ${pointer === '' ? 'parameters' : pointer.slice(1)}: ${detail}`);
    throw new AskFailure({ code: 'MR_TEMPLATE_PARAMETERS', message: `The parameters do not fit the template ${name} of ${library}:${lines.join('')}` });
  }
  return templateScript(library, template.library.version, template.file.entry, parameters);
}
