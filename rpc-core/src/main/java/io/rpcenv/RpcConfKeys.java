// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv;

import java.time.Duration;
import java.util.List;

/** Table of all configuration keys; {@code docs/configuration.md} is made from it. */
public final class RpcConfKeys {

  private static final int CORES_CAP = 8;
  private static final int MOST_THREADS = 32_767;
  private static final String SPARK_NETWORK_TIMEOUT = "spark.network.timeout";

  /** Largest encoded message, either way, in bytes. */
  public static final RpcConfKey<Long> MESSAGE_MAX_SIZE =
      RpcConfKey.spec("rpc.message.maxSize", ConfTypes.size("1b", "2047m"), "128m")
          .meaning("largest encoded message, either way; the smaller of both sides' values holds")
          .atLimit("`RpcMessageTooLargeException`; the connection lives on")
          .alias("spark.rpc.message.maxSize")
          .key();

  /** Connect attempts after the first. */
  public static final RpcConfKey<Integer> NUM_RETRIES =
      RpcConfKey.spec("rpc.numRetries", ConfTypes.count(0, Integer.MAX_VALUE), "3")
          .meaning("connect attempts after the first")
          .atLimit("`RpcConnectionException`; 0 = only one attempt")
          .alias("spark.rpc.numRetries")
          .key();

  /** Pause between connect attempts. */
  public static final RpcConfKey<Duration> RETRY_WAIT =
      RpcConfKey.spec("rpc.retry.wait", ConfTypes.durationFromZero(), "3s")
          .meaning("pause between connect attempts")
          .atLimit("0 = no pause")
          .alias("spark.rpc.retry.wait")
          .key();

  /** Timeout of every ask that has none of its own. */
  public static final RpcConfKey<Duration> ASK_TIMEOUT =
      RpcConfKey.spec("rpc.askTimeout", ConfTypes.durationAboveZero(), "120s")
          .meaning("timeout of every ask without its own")
          .atLimit("`RpcTimeoutException` that names the key")
          .alias("spark.rpc.askTimeout")
          .fallback(SPARK_NETWORK_TIMEOUT)
          .key();

  /** Timeout of finding a remote endpoint. */
  public static final RpcConfKey<Duration> LOOKUP_TIMEOUT =
      RpcConfKey.spec("rpc.lookupTimeout", ConfTypes.durationAboveZero(), "120s")
          .meaning("timeout of finding a remote endpoint")
          .atLimit("`RpcTimeoutException` that names the key")
          .alias("spark.rpc.lookupTimeout")
          .fallback(SPARK_NETWORK_TIMEOUT)
          .key();

  /** Shared dispatcher threads. */
  public static final RpcConfKey<Integer> DISPATCHER_THREADS =
      RpcConfKey.spec(
              "rpc.netty.dispatcher.numThreads",
              ConfTypes.count(1, MOST_THREADS),
              () -> Math.max(2, cores()),
              "max(2, cores)")
          .meaning("dispatcher threads that all endpoints of an env share")
          .atLimit("messages wait in their inboxes")
          .alias("spark.rpc.netty.dispatcher.numThreads")
          .key();

  /** Network threads. */
  public static final RpcConfKey<Integer> IO_THREADS =
      RpcConfKey.spec(
              "rpc.io.threads",
              ConfTypes.count(1, MOST_THREADS),
              () -> Math.min(cores(), CORES_CAP),
              "min(cores, " + CORES_CAP + ")")
          .meaning("network threads; each peer belongs to one of them")
          .alias("spark.rpc.io.threads")
          .key();

  /** Next ports to try when the asked one is taken. */
  public static final RpcConfKey<Integer> PORT_MAX_RETRIES =
      RpcConfKey.spec("rpc.port.maxRetries", ConfTypes.count(0, 65535), "16")
          .meaning(
              "next ports to try when the asked one is taken; wraps after 65535; without effect"
                  + " for port 0 (any free port)")
          .atLimit("`build()` fails naming the ports that were tried; 0 = only the asked port")
          .alias("spark.port.maxRetries")
          .key();

  /** Timeout of one connect attempt. */
  public static final RpcConfKey<Duration> CONNECT_TIMEOUT =
      RpcConfKey.spec("rpc.connect.timeout", ConfTypes.durationAboveZero(), "10s")
          .meaning("timeout of one connect attempt, name resolution included")
          .atLimit("the attempt has failed; the next follows after `rpc.retry.wait`")
          .key();

  /** Timeout of the handshake of a new connection. */
  public static final RpcConfKey<Duration> HANDSHAKE_TIMEOUT =
      RpcConfKey.spec("rpc.handshake.timeout", ConfTypes.durationAboveZero(), "10s")
          .meaning("time in which the handshake of a new connection must be complete")
          .atLimit("the connection is closed with one log line")
          .key();

  /** Time that handlers have to end by themselves when the environment is shut down. */
  public static final RpcConfKey<Duration> SHUTDOWN_TIMEOUT =
      RpcConfKey.spec("rpc.shutdown.timeout", ConfTypes.durationFromZero(), "10s")
          .meaning("time that handlers have to end by themselves at shutdown")
          .atLimit("handlers are interrupted; 0 = at once")
          .key();

  /** Bound of each peer's outbox, in bytes. */
  public static final RpcConfKey<Long> OUTBOX_MAX_BYTES =
      RpcConfKey.spec("rpc.outbox.maxBytes", ConfTypes.size("1b"), "256m")
          .meaning("bytes that may wait for one peer; one message always fits an empty outbox")
          .atLimit("`RpcOverloadedException`")
          .key();

  /** Bound of each endpoint's inbox, in messages. */
  public static final RpcConfKey<Integer> INBOX_CAPACITY =
      RpcConfKey.spec("rpc.inbox.capacity", ConfTypes.count(1, Integer.MAX_VALUE), "100000")
          .meaning("messages that may wait for one endpoint, unless its options say otherwise")
          .atLimit(
              "an ask fails with `RpcOverloadedException`; a remote send is dropped and counted")
          .key();

  /** Bound of undecoded bodies from remote peers, in bytes. */
  public static final RpcConfKey<Long> INBOUND_MAX_BYTES =
      RpcConfKey.spec("rpc.inbound.maxBytes", ConfTypes.size("1b"), "256m")
          .meaning(
              "bytes of received and not yet decoded messages, per env; those in chunks as they come")
          .atLimit(
              "an ask fails with `RpcOverloadedException`; a send is dropped and counted; a reply"
                  + " is decoded at once, by the network thread")
          .key();

  /** Size above which a message is sent in chunks, in bytes. */
  public static final RpcConfKey<Long> CHUNK_SIZE =
      RpcConfKey.spec("rpc.chunk.size", ConfTypes.size("4k", "1m"), "256k")
          .meaning("size of a chunk; larger messages go in chunks, with small ones in between")
          .key();

  /** Patterns of class names that may be received, besides those given to the builder. */
  public static final RpcConfKey<List<String>> SERIALIZER_ALLOW =
      RpcConfKey.spec("rpc.serializer.allow", ConfTypes.classPatterns(), "")
          .meaning("classes allowed in messages, besides those given to `messages(...)`")
          .atLimit("any other class: `RpcSerializationException` that says the line to add")
          .key();

  /** Deepest nesting of a message. */
  public static final RpcConfKey<Integer> SERIALIZER_MAX_DEPTH =
      RpcConfKey.spec("rpc.serializer.maxDepth", ConfTypes.count(1, 10_000), "256")
          .meaning("deepest nesting of a message; a cycle always reaches it")
          .atLimit("`RpcSerializationException` with the path")
          .key();

  /** Kind of transport. */
  public static final RpcConfKey<String> TRANSPORT =
      RpcConfKey.spec("rpc.transport", ConfTypes.oneOf("auto", "epoll", "nio"), "auto")
          .meaning("socket implementation; `auto` takes epoll where it loads, else NIO")
          .atLimit("`epoll` where it does not load: `build()` fails")
          .key();

  /** Most spare dispatcher threads. */
  public static final RpcConfKey<Integer> MAX_SPARE_THREADS =
      RpcConfKey.spec("rpc.dispatcher.maxSpareThreads", ConfTypes.count(0, MOST_THREADS), "64")
          .meaning("most threads that stand in for dispatcher threads blocked in our calls")
          .atLimit("the blocking call waits without a stand-in; 0 = never one")
          .key();

  /** Shortest time between two warnings about dropped messages of one reason. */
  public static final RpcConfKey<Duration> DROP_WARN_INTERVAL =
      RpcConfKey.spec("rpc.drop.warnInterval", ConfTypes.durationFromZero(), "60s")
          .meaning("shortest time between two warnings about dropped messages of one reason")
          .atLimit("0 = a warning for each")
          .key();

  /** Longest time to poll before sleeping. */
  public static final RpcConfKey<Duration> POLL_MAX_TIME =
      RpcConfKey.spec("rpc.poll.maxTime", ConfTypes.durationUpTo("10ms"), "100us")
          .meaning(
              "longest time for which a network or dispatcher thread that finds nothing to do polls"
                  + " before it sleeps, giving its processor away in between; learnt, down to 0,"
                  + " and half of it at most where it has little to do")
          .atLimit("it sleeps; 0 = at once")
          .key();

  /** Plugins to load. */
  public static final RpcConfKey<List<String>> PLUGINS =
      RpcConfKey.spec("rpc.plugins", ConfTypes.classNames(), "")
          .meaning("classes of plugins, for `RpcPlugins.load`; an env by itself loads none")
          .atLimit("a class that cannot be loaded: `IllegalArgumentException` that names it")
          .key();

  private static final List<RpcConfKey<?>> ALL =
      List.of(
          MESSAGE_MAX_SIZE,
          NUM_RETRIES,
          RETRY_WAIT,
          ASK_TIMEOUT,
          LOOKUP_TIMEOUT,
          DISPATCHER_THREADS,
          IO_THREADS,
          PORT_MAX_RETRIES,
          CONNECT_TIMEOUT,
          HANDSHAKE_TIMEOUT,
          SHUTDOWN_TIMEOUT,
          OUTBOX_MAX_BYTES,
          INBOX_CAPACITY,
          INBOUND_MAX_BYTES,
          CHUNK_SIZE,
          SERIALIZER_ALLOW,
          SERIALIZER_MAX_DEPTH,
          TRANSPORT,
          MAX_SPARE_THREADS,
          DROP_WARN_INTERVAL,
          POLL_MAX_TIME,
          PLUGINS);

  private RpcConfKeys() {}

  /**
   * Returns all keys, in the order of the documentation.
   *
   * @return unmodifiable list
   */
  public static List<RpcConfKey<?>> all() {
    return ALL;
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }
}
