// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.data;

import io.rpcenv.examples.cluster.data.Functions.FilterFunction;
import io.rpcenv.examples.cluster.data.Functions.FlatMapFunction;
import io.rpcenv.examples.cluster.data.Functions.MapFunction;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;

/**
 * Makes values of others, as they are asked for.
 *
 * @param <P> what goes in
 * @param <T> what comes out
 */
@SuppressWarnings("serial") // functions are serializable by their kind
sealed interface Step<P, T> extends Serializable {

  /** Returns what comes of the values. */
  Iterator<T> values(Iterator<P> from);

  /** {@code map}. */
  record Mapping<P, T>(MapFunction<? super P, ? extends T> function) implements Step<P, T> {
    @Override
    public Iterator<T> values(Iterator<P> from) {
      return new LazyIterator<>() {
        @Override
        boolean advance() throws Exception {
          return from.hasNext() && found(function.apply(from.next()));
        }
      };
    }
  }

  /** {@code filter}. */
  record Filtering<T>(FilterFunction<? super T> function) implements Step<T, T> {
    @Override
    public Iterator<T> values(Iterator<T> from) {
      return new LazyIterator<>() {
        @Override
        boolean advance() throws Exception {
          while (from.hasNext()) {
            T value = from.next();
            if (function.test(value)) {
              return found(value);
            }
          }
          return false;
        }
      };
    }
  }

  /** {@code flatMap}. */
  record FlatMapping<P, T>(FlatMapFunction<? super P, ? extends T> function) implements Step<P, T> {
    @Override
    public Iterator<T> values(Iterator<P> from) {
      return new LazyIterator<>() {
        private Iterator<? extends T> current = Collections.emptyIterator();

        @Override
        boolean advance() throws Exception {
          while (!current.hasNext()) {
            if (!from.hasNext()) {
              return false;
            }
            current = function.apply(from.next()).iterator();
          }
          return found(current.next());
        }
      };
    }
  }
}
