window.YTD.tweets.part1 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1424734871837822977"
          ],
          "editableUntil": "2021-08-09T14:40:38.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": [
          {
            "url": "https://t.co/485024ac34",
            "expanded_url": "https://twitter.com/i/web/status/1424734871837822977",
            "display_url": "twitter.com/i/web/status/…",
            "indices": [
              "265",
              "288"
            ]
          }
        ]
      },
      "display_text_range": [
        "0",
        "288"
      ],
      "favorite_count": "151",
      "id_str": "1424734871837822977",
      "truncated": false,
      "retweet_count": "103",
      "id": "1424734871837822977",
      "created_at": "Mon Aug 09 14:10:38 +0000 2021",
      "favorited": false,
      "full_text": "Statement regarding the civilians of Kunduz city: The Islamic Emirate assures all residents, traders, doctors and employees of Kunduz that their lives and property are safe. Shops should open and hospitals should work as before. Mujahideen are ordered to enter no… https://t.co/485024ac34",
      "lang": "en",
      "possibly_sensitive": false
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1424718396557180929"
          ],
          "editableUntil": "2021-08-09T13:35:10.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [
          {
            "name": "Hindu Kush Wire",
            "screen_name": "hkwire",
            "indices": [
              "3",
              "10"
            ],
            "id_str": "551200332",
            "id": "551200332"
          }
        ],
        "urls": []
      },
      "display_text_range": [
        "0",
        "73"
      ],
      "favorite_count": "144",
      "id_str": "1424718396557180929",
      "truncated": false,
      "retweet_count": "98",
      "id": "1424718396557180929",
      "created_at": "Mon Aug 09 13:05:10 +0000 2021",
      "favorited": false,
      "full_text": "RT @hkwire: Aybak handed to Taliban without a fight, deputy governor says",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1424646837482106881"
          ],
          "editableUntil": "2021-08-09T08:50:49.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "123"
      ],
      "favorite_count": "137",
      "id_str": "1424646837482106881",
      "truncated": false,
      "retweet_count": "93",
      "id": "1424646837482106881",
      "created_at": "Mon Aug 09 08:20:49 +0000 2021",
      "favorited": false,
      "full_text": "د سمنګان ولایت مرکز ایبک ښار له جګړې پرته د مجاهدینو کنټرول ته راغی. د والي مقام، پولیس قوماندانۍ او نور تاسیسات تسلیم شول.",
      "lang": "ps"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1424588893117816833"
          ],
          "editableUntil": "2021-08-09T05:00:34.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "130"
      ],
      "favorite_count": "130",
      "id_str": "1424588893117816833",
      "truncated": false,
      "retweet_count": "88",
      "id": "1424588893117816833",
      "created_at": "Mon Aug 09 04:30:34 +0000 2021",
      "favorited": false,
      "full_text": "Mujahideen have launched a large-scale attack on Mazar-i-Sharif from four directions. Posts of the enemy fell one after the other.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1424312660396150785"
          ],
          "editableUntil": "2021-08-08T10:42:55.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "130"
      ],
      "favorite_count": "123",
      "id_str": "1424312660396150785",
      "truncated": false,
      "retweet_count": "83",
      "id": "1424312660396150785",
      "created_at": "Sun Aug 08 10:12:55 +0000 2021",
      "favorited": false,
      "full_text": "Taloqan, the capital of Takhar, is under the control of Mujahideen of the Islamic Emirate. Humvees, weapons and ammunition seized.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1424310689018740737"
          ],
          "editableUntil": "2021-08-08T10:35:05.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "98"
      ],
      "favorite_count": "116",
      "id_str": "1424310689018740737",
      "truncated": false,
      "retweet_count": "78",
      "id": "1424310689018740737",
      "created_at": "Sun Aug 08 10:05:05 +0000 2021",
      "favorited": false,
      "full_text": "الحمدلله د تخار مرکز تالقان ښار هم فتح شو. د والي مقام او امنیه قوماندانۍ د مجاهدینو په لاس کې دي.",
      "lang": "ps"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1424234428128882689"
          ],
          "editableUntil": "2021-08-08T05:32:03.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "164"
      ],
      "favorite_count": "109",
      "id_str": "1424234428128882689",
      "truncated": false,
      "retweet_count": "73",
      "id": "1424234428128882689",
      "created_at": "Sun Aug 08 05:02:03 +0000 2021",
      "favorited": false,
      "full_text": "Good news: Mujahideen have taken full control of Sar-e Pul city, including governor's office, police HQ and prison. The enemy fled to an army base outside the city.",
      "lang": "en"
    }
  }
]
