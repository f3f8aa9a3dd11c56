import type { Template, TextMatcher } from './course.ts';
import type { HttpMethod } from './http.ts';

/** A server that the grader runs for the learner's client code. */
export interface ServiceSpec {
  /** The first that fits a request answers it. */
  routes: readonly ServiceRoute[];
  /** Nothing is answered before so many requests are there; `all`: one for every route. */
  hold?: 'all' | number;
}

/** A request and its answer. */
export interface ServiceRoute {
  method: HttpMethod;
  /** With a query only where that matters. */
  path: Template;
  status: number;
  headers: Readonly<Record<string, Template>>;
  json?: Template;
  text?: Template;
}

/** The `requests` kind: what the services must have got, by name. */
export type RequestsSpec = Readonly<Record<string, ServiceRequests>>;

/** Just these requests, in any order or in this one. */
export interface ServiceRequests {
  list: readonly ExpectedRequest[];
  order: boolean;
}

export interface ExpectedRequest {
  method: HttpMethod;
  path: Template;
  query: Readonly<Record<string, Template>>;
  headers: Readonly<Record<string, TextMatcher>>;
  json?: Template;
  /** The body's JSON has at least these members. */
  jsonHas?: Template;
  body?: TextMatcher;
}

/** A request that a service got. The learner's doing, but for its size. */
export interface ReceivedRequest {
  method: string;
  path: string;
  query: readonly (readonly [string, string])[];
  /** Names in small letters. */
  headers: Readonly<Record<string, string>>;
  body: string;
  /** Of the answer; undefined as long as there was none. */
  status?: number;
}

/** What a service has seen since the check began. */
export interface ServiceRecord {
  name: string;
  requests: readonly ReceivedRequest[];
  hold?: HoldRecord;
}

/** How a hold went: how many requests it waited for, and how many were there at the same time at most. */
export interface HoldRecord {
  wanted: number;
  there: number;
  met: boolean;
}
