/** The templates that may be used at a place, read from the libraries there; and whether a job is what its template asks for. */
import type { ErrorPlace, TemplateDefinition } from '@millrace/protocol';
import { ApiError } from '@millrace/protocol';
import { CredentialRefused } from '../credentials/credential.ts';
import { ProviderAway } from '../credentials/provider.ts';
import { librariesOf } from '../scm/libraries.ts';
import type { Resolved } from '../scm/repository.ts';
import type { CheckedParameters } from './check-parameters.ts';
import { parameterChecker } from './check-parameters.ts';
import type { FoundLibrary, LibraryAt, LibraryServices } from './library-at.ts';
import { libraryAt } from './library-at.ts';
import type { TemplateFile } from './template-file.ts';
import { invalid, readTemplateFile } from './template-file.ts';

export interface ReadTemplate {
  readonly library: LibraryAt;
  readonly name: string;
  readonly file: TemplateFile;
  readonly check: (given: Readonly<Record<string, unknown>>) => CheckedParameters;
}
export type TemplateChoice = Pick<TemplateDefinition, 'library' | 'template' | 'version'>;

const MOST_KEPT = 100;

export class Templates {
  readonly services: LibraryServices;
  /** By what was read: the same text means the same. */
  private readonly kept = new Map<string, Pick<ReadTemplate, 'file' | 'check'>>();

  constructor(services: LibraryServices) {
    this.services = services;
  }

  /** By name; of the folder, those above it and the installation. */
  async libraries(folder: string | null): Promise<Map<string, FoundLibrary>> {
    return librariesOf(this.services.store.db, folder === null ? '' : `${folder}/`, this.services.installation().libraries);
  }

  /** Throws MR_LIBRARY_UNKNOWN. */
  async library(name: string, folder: string | null): Promise<FoundLibrary> {
    const found = (await this.libraries(folder)).get(name);
    if (found === undefined)
      throw new ApiError('MR_LIBRARY_UNKNOWN', name, { errors: [{ pointer: '#/definition/library', detail: 'there is no such library here' }] });
    return found;
  }

  /** Throws the codes of a library, MR_TEMPLATE_UNKNOWN, MR_TEMPLATE_INVALID. `known`: the commit that a build is bound to. */
  async read({ library, template, version }: TemplateChoice, folder: string | null, known: Resolved | null = null): Promise<ReadTemplate> {
    return this.readFrom(await this.library(library, folder), { library, template, version }, folder, known);
  }

  async readFrom(
    config: FoundLibrary,
    { library, template, version }: TemplateChoice,
    folder: string | null,
    known: Resolved | null = null,
  ): Promise<ReadTemplate> {
    const at = await libraryAt(this.services, config, version, folder, known);
    const path = `templates/${template}/template.yaml`;
    const bytes = (await at.read([path])).get(path) ?? null;
    const where = `${library}${at.version === null ? '' : `@${at.version}`} ${path}`;
    if (bytes === null)
      throw new ApiError('MR_TEMPLATE_UNKNOWN', `There is no ${where}.`, {
        errors: [{ pointer: '#/definition/template', detail: 'there is no such template' }],
      });
    const read = this.parsed(bytes.toString('utf8'), where);
    const step = `vars/${read.file.entry}.groovy`;
    if ((await at.read([step])).get(step) == null) throw invalid(where, [{ pointer: '#/entry', detail: `there is no ${step}` }]);
    return { library: at, name: template, ...read };
  }

  parsed(text: string, where: string): Pick<ReadTemplate, 'file' | 'check'> {
    const known = this.kept.get(text);
    if (known !== undefined) return known;
    const file = readTemplateFile(text, where);
    const made = { file, check: parameterChecker(file.parameters) };
    this.kept.set(text, made);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MOST_KEPT) break;
      this.kept.delete(oldest);
    }
    return made;
  }

  /** What is wrong with the parameters of a job in a folder, with pointers into its configuration; the ids of credentials are looked for. */
  async problems(template: ReadTemplate, folder: string | null, given: Readonly<Record<string, unknown>>): Promise<ErrorPlace[]> {
    const { errors, credentials } = template.check(given);
    const places = [...errors];
    for (const { id, pointer } of credentials.slice(0, 100)) {
      const wrong = await this.credentialProblem(id, folder);
      if (wrong !== null) places.push({ pointer, detail: wrong });
    }
    return places.map(({ pointer, detail }) => ({ pointer: `#/definition/parameters${pointer}`, detail }));
  }

  private async credentialProblem(id: string, folder: string | null): Promise<string | null> {
    try {
      const found = await this.services.credential(id, { item: folder, build: null, purpose: 'template' });
      return found === null ? `there is no credential ${id} here` : null;
    } catch (error) {
      // It is there; whether a build may have it is told when it asks.
      if (error instanceof CredentialRefused) return null;
      if (!(error instanceof ProviderAway)) throw error;
      return `${id} cannot be looked for now: ${error.message}`;
    }
  }

  /** Before a job is kept. Throws the codes of `read`, and MR_REQUEST with the places of its parameters. */
  async checkJob(config: object, folder: string | null): Promise<void> {
    const definition = templateOf(config);
    if (definition === null) return;
    const errors = await this.problems(await this.read(definition, folder), folder, definition.parameters);
    if (errors.length > 0) throw new ApiError('MR_REQUEST', `${errors[0]?.pointer}: ${errors[0]?.detail}`, { errors });
  }
}

/** Of a job's configuration; null: it has no template. */
export function templateOf(config: object): TemplateDefinition | null {
  const { definition } = config as { definition?: { kind: string } };
  return definition?.kind === 'template' ? (definition as TemplateDefinition) : null;
}

/** What a job's row tells of its template, to find it by. */
export function templateColumns(config: object): { readonly template: string | null; readonly template_version: string | null } {
  const definition = templateOf(config);
  return definition === null
    ? { template: null, template_version: null }
    : { template: templateKey(definition.library, definition.template), template_version: definition.version };
}
export function templateKey(library: string, template: string): string {
  return `${library}/${template}`;
}
