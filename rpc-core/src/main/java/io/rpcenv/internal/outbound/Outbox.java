// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.outbound;

import io.rpcenv.DropReason;
import io.rpcenv.RpcAddress;
import io.rpcenv.RpcConnectionException;
import io.rpcenv.RpcDirection;
import io.rpcenv.RpcEnvStats;
import io.rpcenv.RpcException;
import io.rpcenv.RpcMessageTooLargeException;
import io.rpcenv.RpcOverloadedException;
import io.rpcenv.RpcSide;
import io.rpcenv.internal.queue.ByteBudget;
import io.rpcenv.internal.queue.MpscQueue;
import io.rpcenv.serialization.EncodedMessage;
import io.rpcenv.transport.Connection;
import io.rpcenv.transport.Target;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One path to one peer: what waits for the socket, and the asks that were written and wait for
 * their answers.
 *
 * <p>Any thread offers; everything else is confined to one network loop, for life. What cannot be
 * written at once waits in the order it came. An ask leaves in exactly one way: answered, failed,
 * or forgotten because the asker no longer waits.
 */
public abstract class Outbox extends MpscQueue<OutboundMessage> implements Runnable {

  /*
   * Why this is one class. A message is in exactly one of four places: the queue (any thread puts it
   * there), `waiting`, `returned`, or, as an ask, `pending`; and what it holds of the budget moves with
   * it. Every method below moves messages between those places on the loop, so the invariants, order
   * and bytes, can be checked by reading one file. What has state of its own is elsewhere: the budget,
   * the pending calls, the targets, and when to connect (the subclasses).
   */

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  /** How many messages are taken before the loop looks after its other work. */
  private static final int BATCH = 256;

  /** From how many settled messages on the waiting ones are looked through. */
  private static final int SWEEP_FROM = 64;

  private static final String MAX_SIZE_KEY = "rpc.message.maxSize";

  private final Targets targets = new Targets();
  private final PeerLoop peerLoop;
  private final OutboxHost host;

  /** Bytes of what waits: taken by any thread, given back in one step per batch. */
  private final ByteBudget budget;

  private volatile int peerLimit = Integer.MAX_VALUE;

  // Confined to the loop; statistics read the sizes as they happen to be.
  private final ArrayDeque<OutboundMessage> waiting = new ArrayDeque<>();
  private final ArrayDeque<OutboundMessage> returned = new ArrayDeque<>();
  private final PendingCalls pending;
  private @Nullable Connection connection;
  private final Written written = new Written();
  private int settledInQueue;
  private boolean askingStopped;

  Outbox(PeerLoop peerLoop, OutboxHost host, long maxBytes) {
    this.peerLoop = peerLoop;
    this.host = host;
    this.budget = new ByteBudget(maxBytes);
    this.pending = new PendingCalls(peerLoop);
  }

  // Any thread

  /** Returns who is at the other end, for texts. */
  public abstract String description();

  /** Returns the address it is reached at, if it has a listener. */
  public abstract Optional<RpcAddress> address();

  /**
   * Returns an endpoint of the peer, as this path knows it.
   *
   * @param name the endpoint's name
   * @return the same target for the same name, as long as there are not very many
   */
  public final Target target(String name) {
    return targets.get(name);
  }

  /** Returns the peer's limit for one message, in bytes, as far as known. */
  public final int peerLimit() {
    return peerLimit;
  }

  final PeerLoop peerLoop() {
    return peerLoop;
  }

  final OutboxHost host() {
    return host;
  }

  /**
   * Puts a one-way message on its way.
   *
   * @param target the endpoint
   * @param message the message; taken over, if this returns true or throws
   * @return false if this path is retired: another one is to be asked for
   * @throws RpcOverloadedException if too much is waiting
   */
  public final boolean send(Target target, EncodedMessage message) {
    OutboundSend send = new OutboundSend(target, message);
    if (budget.tryTake(send.cost())) {
      submit(send);
    } else if (isRetired()) {
      return false;
    } else {
      message.body().release();
      throw overloaded();
    }
    return true;
  }

  /**
   * Puts an ask on its way.
   *
   * @param target the endpoint
   * @param message the message; taken over, if this returns true
   * @param ask the future, which fails if too much is waiting
   * @return false if this path is retired: another one is to be asked for
   */
  public final boolean ask(Target target, EncodedMessage message, RemoteAsk<?> ask) {
    OutboundAsk outbound = new OutboundAsk(target, message, ask);
    if (budget.tryTake(outbound.cost())) {
      submit(outbound);
    } else if (isRetired()) {
      return false;
    } else {
      message.body().release();
      ask.fail(overloaded());
    }
    return true;
  }

  /** Returns whether it takes nothing of this env any more. Any thread. */
  public final boolean isRetired() {
    return budget.isClosed();
  }

  /**
   * Retires it, unless somebody has put something on its way. Whoever comes later is sent on, and
   * nothing that came before is still under way here, so the next path to the same peer cannot
   * overtake this one.
   */
  final boolean retire() {
    boolean retired = pending.size() == 0 && budget.close();
    if (retired) {
      targets.clear(); // references may hold on to this path
    }
    return retired;
  }

  /**
   * Puts a reply on its way to where its request came from.
   *
   * @param origin the connection that the request came on
   * @param callId names the call there
   * @param reply the reply; taken over
   * @param settled runs on the loop: the call is no longer running
   */
  public final void reply(Connection origin, long callId, EncodedMessage reply, Runnable settled) {
    submit(OutboundReply.of(origin, callId, reply, settled));
  }

  /**
   * Puts a failure on its way to where the request came from.
   *
   * @param origin the connection that the request came on
   * @param callId names the call there
   * @param failure the encoded failure
   * @param settled runs on the loop: the call is no longer running
   */
  public final void fail(Connection origin, long callId, byte[] failure, Runnable settled) {
    submit(OutboundReply.ofFailure(origin, callId, failure, settled));
  }

  /**
   * Returns what completes when everything put on its way so far was given to the connection, or
   * has ended. Any thread; nothing is connected for it.
   */
  public final CompletableFuture<Void> drained() {
    OutboundMark mark = new OutboundMark();
    submit(mark);
    return mark.reached();
  }

  /** Ends what nobody will take any more, as the env is shutting down and the loop has ended. */
  public final void discardRest() {
    peerLoop.ended();
    RpcException stopped = host.stopped();
    for (int n = size(); n > 0; n--) {
      OutboundMessage message = take();
      release(1);
      endUnwritten(message, stopped, DropReason.ENV_STOPPED);
    }
    failWaiting(stopped, DropReason.ENV_STOPPED);
  }

  final void submit(OutboundMessage message) {
    if (offer(message)) {
      peerLoop.loop().execute(this);
    }
  }

  private RpcOverloadedException overloaded() {
    return new RpcOverloadedException(
        "the outbox to ["
            + description()
            + "] holds "
            + budget.held()
            + " bytes (expected: at most "
            + budget.max()
            + ", rpc.outbox.maxBytes)");
  }

  /** Returns the counters, as they happen to be. */
  public final RpcEnvStats.Peer stats() {
    return new RpcEnvStats.Peer(
        address(),
        description(),
        connection != null,
        size() + (long) waiting.size(),
        budget.held(),
        pending.size(),
        written.bytes);
  }

  // The loop

  @Override
  public final void run() {
    assert peerLoop.loop().inLoop();
    int taken = 0;
    OutboundMessage next = null;
    try {
      // What comes meanwhile goes out with the same flush.
      for (int ready = nextBatch(0, BATCH); taken < ready; ready = nextBatch(taken, BATCH)) {
        while (taken < ready) {
          OutboundMessage message = next == null ? first() : next;
          next = unlink(message);
          taken++;
          message.arrive(this);
        }
      }
    } finally {
      goOnAt(next);
      endBatch();
      if (release(taken)) {
        // What is read meanwhile must not pile up at the peer: answers, above all.
        peerLoop.loop().executeAfterIo(this);
      } else if (connection == null) {
        idle();
      }
    }
  }

  /** Nothing is queued and there is no connection. */
  void idle() {}

  private void endBatch() {
    if (written.unreserve != 0) {
      budget.giveBack(written.unreserve);
      written.unreserve = 0;
    }
    boolean unflushed = written.unflushed > 0;
    written.unflushed = 0;
    Connection c = connection;
    if (unflushed && c != null) {
      c.flush();
    }
  }

  /** Writes a message, or keeps it behind those that wait already. */
  final void writeOrWait(OutboundMessage message) {
    Connection c = connection;
    if (c != null && waiting.isEmpty() && c.isWritable()) {
      writeNow(message, c);
    } else {
      waiting.add(message);
      needConnection();
    }
  }

  private void writeNow(OutboundMessage message, Connection c) {
    if (message.isSettled()) {
      settledInQueue--;
    } else if (!message.isFor(c)) {
      discard(message);
    } else if (message.exceeds(c.peer().maxMessageSize())) {
      endUnwritten(message, tooLarge(message, c), DropReason.TOO_LARGE);
    } else if (!message.claim()) {
      discard(message);
    } else {
      written.unreserve += message.cost();
      written.bytes += message.size();
      written.unflushed++;
      write(message, c);
    }
  }

  /** A failure here is a defect; the connection goes, so that everything written on it ends. */
  private void write(OutboundMessage message, Connection c) {
    try {
      message.write(this, c);
    } catch (RuntimeException e) {
      LOG.error("cannot write to [{}]; the connection is closed", description(), e);
      c.close("cannot write: " + e);
    }
  }

  private static RpcException tooLarge(OutboundMessage message, Connection c) {
    return new RpcMessageTooLargeException(
        message.size(),
        c.peer().maxMessageSize(),
        MAX_SIZE_KEY,
        RpcSide.PEER,
        RpcDirection.REQUEST);
  }

  final void discard(OutboundMessage message) {
    written.unreserve += message.cost();
    message.discard(this);
  }

  final void endUnwritten(OutboundMessage message, RpcException cause, DropReason reason) {
    written.unreserve += message.cost();
    message.fail(this, cause, reason);
  }

  final PendingCalls pending() {
    return pending;
  }

  /**
   * Takes the ask that an answer is for.
   *
   * @param callId as given to {@link Connection#writeRequest}
   * @return the ask, or null if nobody waits any more: the answer is late
   */
  public final @Nullable RemoteAsk<?> answered(long callId) {
    return pending.remove(callId);
  }

  /**
   * Lets go of an ask that ended here; the peer is told if it may know of it.
   *
   * @return whether the peer can never handle it
   */
  final boolean forget(RemoteAsk<?> ask) {
    peerLoop.unwatch(ask);
    OutboundAsk message = ask.waiting();
    if (message != null) {
      forgetWaiting(message);
    }
    boolean isWritten = ask.isWritten();
    Connection c = connection;
    if (pending.remove(ask.callId()) == null || c == null) {
      return !isWritten;
    }
    boolean withdrawn = c.writeCancel(ask.callId());
    flushLater();
    return withdrawn;
  }

  /** Flushes when the loop has done what it is doing: asks time out by the thousand. */
  private void flushLater() {
    if (written.unflushed++ == 0) {
      peerLoop.loop().execute(this::endBatch);
    }
  }

  /** Gives back what a waiting ask holds; its place in the queue is swept up with others. */
  private void forgetWaiting(OutboundAsk message) {
    if (message.isSettled()) {
      return;
    }
    budget.giveBack(message.cost());
    message.discard(this);
    settledInQueue++;
    if (settledInQueue >= SWEEP_FROM && settledInQueue * 2 > waiting.size()) {
      waiting.removeIf(OutboundMessage::isSettled);
      settledInQueue = 0;
    }
  }

  // Connections

  /** Sees to it that there is a connection, or that what waits ends. */
  abstract void needConnection();

  /** Tells where a message that is not written is stuck. */
  abstract String describeWait();

  final @Nullable Connection connection() {
    return connection;
  }

  /** Returns whether asks of this env are no longer taken. */
  final boolean isAskingStopped() {
    return askingStopped;
  }

  /** Returns whether anything waits that is still wanted. */
  final boolean hasWaiting() {
    waiting.removeIf(OutboundMessage::isSettled);
    settledInQueue = 0;
    return !waiting.isEmpty();
  }

  /** Tells where a message is stuck that a connected peer does not take. */
  final String describeQueue() {
    int count = waiting.size();
    return "in the outbox with "
        + count
        + (count == 1 ? " message" : " messages")
        + ", as the peer does not read";
  }

  /** Begins to use a connection; what waits goes out first. */
  final void use(Connection c) {
    assert peerLoop.loop().inLoop();
    connection = c;
    peerLimit = c.peer().maxMessageSize();
    writable();
  }

  /** The socket takes more: writes what waits. */
  public final void writable() {
    Connection c = connection;
    while (c != null && !waiting.isEmpty() && c.isWritable()) {
      writeNow(waiting.remove(), c);
    }
    endBatch();
  }

  /**
   * A message came back from a connection that is about to be lost; it goes first on the next one.
   *
   * @param target the endpoint
   * @param message the message; taken over
   */
  public final void unsent(Target target, EncodedMessage message) {
    returned.add(new OutboundSend(target, message));
  }

  /**
   * A request came back from a connection that is about to be lost; it goes first on the next one.
   *
   * @param callId names the call
   * @param target the endpoint
   * @param message the message; taken over
   */
  public final void unsent(long callId, Target target, EncodedMessage message) {
    RemoteAsk<?> ask = pending.takeBack(callId);
    if (ask == null) {
      message.body().release();
    } else {
      OutboundAsk again = new OutboundAsk(target, message, ask);
      ask.waiting(again);
      returned.add(again);
    }
  }

  private void takeBack() {
    for (OutboundMessage message : returned) {
      budget.take(message.cost());
    }
    while (!returned.isEmpty()) {
      waiting.addFirst(returned.removeLast());
    }
  }

  /**
   * The connection is gone: what was written and is unanswered fails at once.
   *
   * @param lost the connection
   * @param cause why
   */
  public final void lost(Connection lost, Throwable cause) {
    assert peerLoop.loop().inLoop();
    if (connection != lost) {
      return;
    }
    connection = null;
    takeBack();
    pending.failAll(
        new RpcConnectionException(
            "the connection to ["
                + description()
                + "] was lost before the answer came: "
                + cause.getMessage(),
            cause,
            true));
    afterLoss(cause);
  }

  /** Decides what becomes of what waits after a connection is gone. */
  abstract void afterLoss(Throwable cause);

  /** Ends everything that waits. */
  final void failWaiting(RpcException cause, DropReason reason) {
    for (int n = waiting.size(); n > 0; n--) {
      endUnwritten(waiting.remove(), cause, reason);
    }
    settledInQueue = 0;
    endBatch();
  }

  /**
   * Ends the asks of this env, which is shutting down; messages and replies still go out. Any
   * thread.
   *
   * @param written the failure of those that were written
   */
  public final void stopAsking(RpcException written) {
    peerLoop.loop().execute(() -> failAsks(written));
  }

  private void failAsks(RpcException written) {
    askingStopped = true;
    pending.failAll(written);
    RpcException unwritten = host.stopped();
    List<OutboundMessage> asks = waiting.stream().filter(OutboundMessage::isAsk).toList();
    waiting.removeIf(OutboundMessage::isAsk);
    asks.forEach(message -> endUnwritten(message, unwritten, DropReason.ENV_STOPPED));
    endBatch();
  }

  /**
   * What the loop writes with each message, in cache lines of its own: senders on other processors
   * read the fields of the outbox.
   */
  @SuppressWarnings("unused") // padding
  private static final class Written {
    private long before0, before1, before2, before3, before4, before5, before6, before7;
    private long unreserve;
    private long bytes;
    private long unflushed; // messages; a long, to lie between the others
    private long after0, after1, after2, after3, after4, after5, after6, after7;
  }
}
