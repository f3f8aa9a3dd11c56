import type { Check, Exercise, Part } from '../model/course.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { type ExerciseFolder, exerciseRules } from './exercise-rules.ts';
import { findingsOf, toDiagnostics } from './issues.ts';
import { listOf, mapOf } from './raw.ts';
import { type ExerciseManifest, exerciseSchema } from './schema/exercise-schema.ts';
import { PART_KINDS } from './schema/parts.ts';
import type { Source } from './source.ts';
import { templateRules, trialRules } from './template-rules.ts';
import { parseYaml, type YamlData } from './yaml.ts';

/** What came of an `exercise.yaml`: the exercise if nothing is wrong, and in any case its data for rules across files. */
export interface ReadExercise {
  exercise?: Exercise;
  data?: YamlData;
  diagnostics: Diagnostic[];
}

/** Reads and validates one `exercise.yaml` against its folder. */
export async function readExercise(source: Source, folder: ExerciseFolder): Promise<ReadExercise> {
  const { data, diagnostics } = parseYaml(source);
  if (data === undefined) return { diagnostics };
  const parsed = exerciseSchema.safeParse(data.value);
  const findings = [
    ...(parsed.success ? [] : findingsOf(parsed.error.issues, data.value)),
    ...(await exerciseRules(data.value, folder)),
    ...templateRules(data.value),
  ];
  if (parsed.success && findings.length === 0) {
    const exercise = toExercise(parsed.data, data.value);
    findings.push(...(await trialRules(data.value, exercise)));
    if (findings.length === 0 && diagnostics.length === 0) return { exercise, data, diagnostics: [] };
  }
  return { data, diagnostics: [...diagnostics, ...toDiagnostics(source, data, findings)] };
}

function toExercise(manifest: ExerciseManifest, raw: unknown): Exercise {
  const rawChecks = listOf(mapOf(raw).checks);
  const { formatVersion: _, checks, ...rest } = manifest;
  return { ...rest, checks: checks.map((check, index) => toCheck(check, mapOf(rawChecks[index]))) };
}

/** Parts stand in the order of the manifest, which zod's output does not keep. */
function toCheck(check: ExerciseManifest['checks'][number], raw: Readonly<Record<string, unknown>>): Check {
  const { id, title, after, points, start, hints } = check;
  const order = Object.keys(raw);
  const parts = PART_KINDS.filter((kind) => kind in check)
    .sort((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((kind) => ({ kind, spec: check[kind] }) as Part);
  return { id, title, ...(after !== undefined && { after }), points, ...(start && { start }), parts, hints };
}
