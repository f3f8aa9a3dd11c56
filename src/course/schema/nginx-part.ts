import type * as z from 'zod';
import type { NginxSpec } from '../../model/course.ts';
import { shape } from './basics.ts';
import { http } from './http-part.ts';
import { workInputKeys, workPath } from './work-inputs.ts';

/** The `nginx` kind. */
export const nginxPart: z.ZodType<NginxSpec, unknown> = shape('an nginx check', {
  files: workInputKeys.files,
  folders: workInputKeys.folders,
  config: workPath.meta({ description: "The learner's configuration, such as nginx.conf." }),
  http: http.default([]).meta({
    description: 'Requests to nginx, as of the `http` kind; without any, the configuration only has to be valid.',
  }),
});
