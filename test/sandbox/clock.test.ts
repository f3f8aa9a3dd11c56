import { expect, test, vi } from 'vitest';
import { startClock } from '../../src/sandbox/clock.ts';

const HOURS = 5 * 3_600_000;

test('a child that is not told to go on is forgotten after its time, one that is has its limit', () => {
  vi.useFakeTimers();
  const told: string[] = [];
  const actions = { onTime: () => told.push('time'), onForgotten: () => told.push('forgotten') };
  startClock(1_000, actions).ready();
  const running = startClock(1_000, actions);
  running.ready();
  running.go();
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual(['time']);
  vi.advanceTimersByTime(HOURS);
  expect(told).toEqual(['time', 'forgotten']);
  vi.useRealTimers();
});

test('what comes after the end sets no timer: nothing would end it, and it keeps the tutor alive', () => {
  vi.useFakeTimers();
  const clock = startClock(1_000, { onTime: () => {}, onForgotten: () => {} });
  clock.stop();
  clock.ready();
  clock.go();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});
