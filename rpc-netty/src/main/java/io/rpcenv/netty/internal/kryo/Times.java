// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.netty.internal.kryo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.ChronoLocalDate;
import java.time.chrono.Chronology;
import java.time.chrono.HijrahChronology;
import java.time.chrono.HijrahDate;
import java.time.chrono.JapaneseChronology;
import java.time.chrono.JapaneseDate;
import java.time.chrono.MinguoChronology;
import java.time.chrono.MinguoDate;
import java.time.chrono.ThaiBuddhistChronology;
import java.time.chrono.ThaiBuddhistDate;

/** The values of {@code java.time} and {@code java.time.chrono}; its enums go as enums. */
final class Times {

  private Times() {}

  static void register(FixedTable table) {
    amounts(table);
    local(table);
    zoned(table);
    chrono(table, 84, HijrahDate.class, HijrahChronology.INSTANCE);
    chrono(table, 85, JapaneseDate.class, JapaneseChronology.INSTANCE);
    chrono(table, 86, MinguoDate.class, MinguoChronology.INSTANCE);
    chrono(table, 87, ThaiBuddhistDate.class, ThaiBuddhistChronology.INSTANCE);
  }

  private static void amounts(FixedTable table) {
    table
        .add(
            70,
            Duration.class,
            (k, v) -> {
              k.out().writeVarLong(v.getSeconds(), false);
              k.out().writeVarInt(v.getNano(), true);
            },
            k -> Duration.ofSeconds(k.in().readVarLong(false), k.in().readVarInt(true)))
        .add(
            71,
            Period.class,
            (k, v) -> {
              writeInt(k, v.getYears());
              writeInt(k, v.getMonths());
              writeInt(k, v.getDays());
            },
            k -> Period.of(readInt(k), readInt(k), readInt(k)))
        .add(
            72,
            Instant.class,
            (k, v) -> {
              k.out().writeVarLong(v.getEpochSecond(), false);
              k.out().writeVarInt(v.getNano(), true);
            },
            k -> Instant.ofEpochSecond(k.in().readVarLong(false), k.in().readVarInt(true)));
  }

  private static void local(FixedTable table) {
    table
        .add(73, LocalDate.class, Times::writeDate, Times::readDate)
        .add(74, LocalTime.class, Times::writeTime, Times::readTime)
        .add(75, LocalDateTime.class, Times::writeDateTime, Times::readDateTime)
        .add(81, Year.class, (k, v) -> writeInt(k, v.getValue()), k -> Year.of(readInt(k)))
        .add(
            82,
            YearMonth.class,
            (k, v) -> {
              writeInt(k, v.getYear());
              k.out().writeByte(v.getMonthValue());
            },
            k -> YearMonth.of(readInt(k), k.in().readByte()))
        .add(
            83,
            MonthDay.class,
            (k, v) -> {
              k.out().writeByte(v.getMonthValue());
              k.out().writeByte(v.getDayOfMonth());
            },
            k -> MonthDay.of(k.in().readByte(), k.in().readByte()));
  }

  private static void zoned(FixedTable table) {
    table
        .add(
            76,
            OffsetDateTime.class,
            (k, v) -> {
              writeDateTime(k, v.toLocalDateTime());
              writeOffset(k, v.getOffset());
            },
            k -> OffsetDateTime.of(readDateTime(k), readOffset(k)))
        .add(
            77,
            OffsetTime.class,
            (k, v) -> {
              writeTime(k, v.toLocalTime());
              writeOffset(k, v.getOffset());
            },
            k -> OffsetTime.of(readTime(k), readOffset(k)))
        .add(
            78,
            ZonedDateTime.class,
            (k, v) -> {
              writeDateTime(k, v.toLocalDateTime());
              writeOffset(k, v.getOffset());
              Values.writeText(k, v.getZone().getId());
            },
            k -> ZonedDateTime.ofInstant(readDateTime(k), readOffset(k), readZone(k)))
        .add(79, ZoneOffset.class, Times::writeOffset, Times::readOffset)
        .addLike(
            80,
            Codec.<ZoneId>of((k, v) -> Values.writeText(k, v.getId()), Times::readZone),
            ZoneId.of("UTC"));
  }

  private static <D extends ChronoLocalDate> void chrono(
      FixedTable table, int id, Class<D> type, Chronology chronology) {
    table.add(
        id,
        type,
        (k, v) -> k.out().writeVarLong(v.toEpochDay(), false),
        k -> type.cast(chronology.dateEpochDay(k.in().readVarLong(false))));
  }

  private static void writeInt(WireKryo kryo, int value) {
    kryo.out().writeVarInt(value, false);
  }

  private static int readInt(WireKryo kryo) {
    return kryo.in().readVarInt(false);
  }

  private static void writeDate(WireKryo kryo, LocalDate value) {
    writeInt(kryo, value.getYear());
    kryo.out().writeByte(value.getMonthValue());
    kryo.out().writeByte(value.getDayOfMonth());
  }

  private static LocalDate readDate(WireKryo kryo) {
    return LocalDate.of(readInt(kryo), kryo.in().readByte(), kryo.in().readByte());
  }

  private static void writeTime(WireKryo kryo, LocalTime value) {
    kryo.out().writeVarLong(value.toNanoOfDay(), true);
  }

  private static LocalTime readTime(WireKryo kryo) {
    return LocalTime.ofNanoOfDay(kryo.in().readVarLong(true));
  }

  private static void writeDateTime(WireKryo kryo, LocalDateTime value) {
    writeDate(kryo, value.toLocalDate());
    writeTime(kryo, value.toLocalTime());
  }

  private static LocalDateTime readDateTime(WireKryo kryo) {
    return LocalDateTime.of(readDate(kryo), readTime(kryo));
  }

  private static void writeOffset(WireKryo kryo, ZoneOffset value) {
    writeInt(kryo, value.getTotalSeconds());
  }

  private static ZoneOffset readOffset(WireKryo kryo) {
    return ZoneOffset.ofTotalSeconds(readInt(kryo));
  }

  private static ZoneId readZone(WireKryo kryo) {
    return ZoneId.of(Values.readText(kryo));
  }
}
