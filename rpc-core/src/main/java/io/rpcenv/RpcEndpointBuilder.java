// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Builds an endpoint from one lambda per message class. Not thread-safe. A message is handled by
 * the lambda of its own class or else of the first registered class that it is an instance of; one
 * for which there is none is unsupported.
 */
public final class RpcEndpointBuilder {

  private final Map<Class<?>, Ask<Object>> asks = new LinkedHashMap<>();
  private final Map<Class<?>, Send<Object>> sends = new LinkedHashMap<>();

  RpcEndpointBuilder() {}

  /**
   * Computes a reply.
   *
   * @param <T> the message
   * @param <R> the reply
   */
  @FunctionalInterface
  public interface Answer<T, R> {
    /**
     * Computes the reply to one message.
     *
     * @param message the message
     * @return the reply, may be null
     * @throws Exception what went wrong; the asker gets it
     */
    @Nullable R answer(T message) throws Exception;
  }

  /**
   * Handles a message that was asked.
   *
   * @param <T> the message
   */
  @FunctionalInterface
  public interface Ask<T> {
    /**
     * Handles one message and answers it through {@code call}, now or later.
     *
     * @param message the message
     * @param call the way to answer
     * @throws Exception what went wrong; the asker gets it
     */
    void handle(T message, RpcCallContext call) throws Exception;
  }

  /**
   * Handles a message that was sent.
   *
   * @param <T> the message
   */
  @FunctionalInterface
  public interface Send<T> {
    /**
     * Handles one message.
     *
     * @param message the message
     * @throws Exception what went wrong, for {@link RpcEndpoint#onError}
     */
    void handle(T message) throws Exception;
  }

  /**
   * Answers asks of a class with what a function returns.
   *
   * @param type the message class
   * @param answer the function
   * @param <R> the reply
   * @param <T> the message
   * @return this
   * @throws IllegalArgumentException if asks of that class have a handler already, or one is null
   */
  public <R, T extends RpcRequest<R>> RpcEndpointBuilder onAsk(
      Class<T> type, Answer<? super T, ? extends R> answer) {
    Arguments.require("answer", answer, "what answers the message");
    return onAsk(type, (message, call) -> call.reply(answer.answer(message)));
  }

  /**
   * Handles asks of a class; the handler answers through the call context.
   *
   * @param type the message class
   * @param handler the handler
   * @param <T> the message
   * @return this
   * @throws IllegalArgumentException if asks of that class have a handler already, or one is null
   */
  public <T> RpcEndpointBuilder onAsk(Class<T> type, Ask<? super T> handler) {
    Arguments.require("handler", handler, "what handles the message");
    put(asks, type, (message, call) -> handler.handle(type.cast(message), call));
    return this;
  }

  /**
   * Answers asks of a class with what a stage completes with; its failure fails the ask.
   *
   * @param type the message class
   * @param answer returns the stage
   * @param <R> the reply
   * @param <T> the message
   * @return this
   * @throws IllegalArgumentException if asks of that class have a handler already, or one is null
   */
  public <R, T extends RpcRequest<R>> RpcEndpointBuilder onAskAsync(
      Class<T> type, Answer<? super T, ? extends CompletionStage<? extends R>> answer) {
    Arguments.require("answer", answer, "what answers the message");
    return onAsk(type, (message, call) -> answerLater(answer.answer(message), call));
  }

  private static void answerLater(@Nullable CompletionStage<?> stage, RpcCallContext call) {
    Objects.requireNonNull(stage, "stage: null (expected: a stage that completes with the reply)")
        .whenComplete(
            (reply, failure) -> {
              if (failure == null) {
                call.reply(reply);
              } else {
                call.sendFailure(thrown(failure));
              }
            });
  }

  /** Returns what was thrown in a stage; the stages after it see it wrapped. */
  private static Throwable thrown(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
    return cause == null ? failure : cause;
  }

  /**
   * Handles sends of a class.
   *
   * @param type the message class
   * @param handler the handler
   * @param <T> the message
   * @return this
   * @throws IllegalArgumentException if sends of that class have a handler already, or one is null
   */
  public <T> RpcEndpointBuilder onSend(Class<T> type, Send<? super T> handler) {
    Arguments.require("handler", handler, "what handles the message");
    put(sends, type, message -> handler.handle(type.cast(message)));
    return this;
  }

  /** Returns a new endpoint with the handlers given so far. */
  public RpcEndpoint build() {
    return new HandlingEndpoint(new LinkedHashMap<>(asks), new LinkedHashMap<>(sends));
  }

  private static <H> void put(Map<Class<?>, H> handlers, Class<?> type, H handler) {
    Arguments.require("type", type, "a message class");
    if (handlers.putIfAbsent(type, handler) != null) {
      throw new IllegalArgumentException(
          "type: " + type.getName() + " (expected: a class that has no handler yet)");
    }
  }

  private static final class HandlingEndpoint extends RpcEndpoint {

    private final Map<Class<?>, Ask<Object>> asks;
    private final Map<Class<?>, Send<Object>> sends;

    HandlingEndpoint(Map<Class<?>, Ask<Object>> asks, Map<Class<?>, Send<Object>> sends) {
      this.asks = asks;
      this.sends = sends;
    }

    @Override
    public void receive(Object message) throws Exception {
      Send<Object> handler = find(sends, message.getClass());
      if (handler == null) {
        super.receive(message);
      } else {
        handler.handle(message);
      }
    }

    @Override
    public void receiveAndReply(Object message, RpcCallContext call) throws Exception {
      Ask<Object> handler = find(asks, message.getClass());
      if (handler == null) {
        super.receiveAndReply(message, call);
      } else {
        handler.handle(message, call);
      }
    }

    private static <H> @Nullable H find(Map<Class<?>, H> handlers, Class<?> type) {
      H exact = handlers.get(type);
      if (exact != null) {
        return exact;
      }
      for (Map.Entry<Class<?>, H> e : handlers.entrySet()) {
        if (e.getKey().isAssignableFrom(type)) {
          return e.getValue();
        }
      }
      return null;
    }
  }
}
