/** Checks a whole pipeline, in the order in which Jenkins reports. It follows `ModelValidatorImpl` of the plug-in. */
import { validator as say } from '../messages.ts';
import type { PipelineModel } from '../model.ts';
import { validateAgent, validateEnvironment, validateLibraries, validateOptions, validateParameters, validateTools, validateTriggers } from './directives.ts';
import { validateStages } from './stages.ts';
import { validatePost } from './steps.ts';
import type { Validator } from './validator.ts';

export function validatePipeline(v: Validator, model: PipelineModel): void {
  if (model.stages === null) v.error(model.at, say.requiredSection('stages'));
  if (model.agent === null) v.error(model.at, say.requiredSection('agent'));
  if (model.stages) validateStages(v, model.stages, false);
  if (model.post) validatePost(v, model.post);
  if (model.environment) validateEnvironment(v, model.environment);
  if (model.agent) validateAgent(v, model.agent);
  if (model.tools) validateTools(v, model.tools);
  if (model.options) validateOptions(v, model.options);
  if (model.parameters) validateParameters(v, model.parameters);
  if (model.triggers) validateTriggers(v, model.triggers);
  if (model.libraries) validateLibraries(v, model.libraries);
}
