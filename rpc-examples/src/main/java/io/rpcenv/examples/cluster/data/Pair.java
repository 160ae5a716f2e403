// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import java.io.Serializable;

/**
 * A value with what it is found by.
 *
 * @param key serializable, with {@code equals} and {@code hashCode} that agree in every JVM: enum
 *     constants do, a record that holds one does not
 * @param value serializable
 */
@SuppressWarnings("serial") // what is in it is the user's
public record Pair<K, V>(K key, V value) implements Serializable {}
