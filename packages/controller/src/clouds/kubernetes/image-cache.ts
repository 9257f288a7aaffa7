/** What kinds of image caches have in common: their shape, the marks of their objects, their settings. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Beside, ImageUse } from '../cloud.ts';
import { ApiError } from './api.ts';
import type { ObjectMeta } from './objects.ts';
import { CLOUD_LABEL, labelValue } from './pod-spec.ts';

export type ImageCacheState = Beside['imageCaches'][number];

/** One kind. */
export interface ImageCacheKeeper {
  readonly kind: ImageCacheState['kind'];
  /** Rejects with an ApiError. */
  keep(wish: ImageCacheWanted): Promise<ImageCacheState>;
}
export interface ImageCacheWanted {
  readonly namespace: string;
  readonly at: number;
  /** Which images, given those that are in it; null: there shall be no cache. */
  readonly choose: ((current: readonly string[]) => readonly ImageUse[]) | null;
}

/** Its value: the installation. They have not the label that builds' pods are watched by. */
export const CACHE_LABEL = 'millrace.io/image-cache';

export interface CacheOwner {
  readonly cloud: string;
  /** All of the configuration. */
  readonly clouds: readonly string[];
  readonly installation: string;
}

export function cacheLabels({ cloud, installation }: CacheOwner): { readonly [name: string]: string } {
  return { [CACHE_LABEL]: installation, [CLOUD_LABEL]: labelValue(cloud) };
}

/** Ours, or of a cloud that is no longer configured. */
export function isOurs({ labels }: ObjectMeta, { cloud, clouds }: CacheOwner): boolean {
  const of = labels?.[CLOUD_LABEL];
  return of === labelValue(cloud) || !clouds.some((one) => labelValue(one) === of);
}

export function digest(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 10);
}

const text = z.string().trim().min(1);
export const commonCacheSettings = {
  /** How many images, of those used in so many days. */
  most: z.int().min(0).max(50).default(10),
  days: z.int().min(1).max(90).default(14),
  /** Further ones, used or not. */
  always: z.array(text).max(50).default([]),
};

/** Somebody else has done it by now. */
export async function gone(asked: Promise<unknown>): Promise<void> {
  await asked.catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
  });
}
export async function there(asked: Promise<unknown>): Promise<void> {
  await asked.catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.reason !== 'AlreadyExists') throw error;
  });
}
export async function unlessChanged(asked: Promise<unknown>): Promise<void> {
  await asked.catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.status !== 409) throw error;
  });
}
