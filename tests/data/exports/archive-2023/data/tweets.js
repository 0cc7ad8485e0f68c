window.YTD.tweets.part0 = [
  {
    "tweet": {
      "retweeted": false,
      "source": "<a href=\"https://example.org\" rel=\"nofollow\">Desk</a>",
      "entities": {
        "hashtags": [],
        "urls": [
          {
            "url": "https://t.co/aaaaaaaaaa",
            "expanded_url": "https://post.example/kunduz?a=1&b=2",
            "display_url": "…",
            "indices": [
              "1",
              "2"
            ]
          }
        ],
        "user_mentions": []
      },
      "display_text_range": [
        "0",
        "74"
      ],
      "favorite_count": "3",
      "id_str": "1424241481610166273",
      "id": "1424241481610166273",
      "truncated": false,
      "retweet_count": "1",
      "created_at": "Sun Aug 08 05:30:05 +0000 2021",
      "favorited": false,
      "full_text": "Shelling &amp; gunfire heard near the airport road in Kunduz this morning. https://t.co/aaaaaaaaaa",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "retweeted": false,
      "source": "<a href=\"https://example.org\" rel=\"nofollow\">Desk</a>",
      "entities": {
        "hashtags": [],
        "urls": [],
        "user_mentions": []
      },
      "display_text_range": [
        "0",
        "74"
      ],
      "favorite_count": "3",
      "id_str": "1424245277455286274",
      "id": "1424245277455286274",
      "truncated": false,
      "retweet_count": "1",
      "created_at": "Sun Aug 08 05:45:10 +0000 2021",
      "favorited": false,
      "full_text": "نیروهای امنیتی می‌گویند میدان هوایی کندز هنوز در دست آن‌هاست. #کندز",
      "lang": "fa"
    }
  },
  {
    "tweet": {
      "retweeted": false,
      "source": "<a href=\"https://example.org\" rel=\"nofollow\">Desk</a>",
      "entities": {
        "hashtags": [],
        "urls": [],
        "user_mentions": []
      },
      "display_text_range": [
        "0",
        "74"
      ],
      "favorite_count": "3",
      "id_str": "1424246556718006275",
      "id": "1424246556718006275",
      "truncated": false,
      "retweet_count": "1",
      "created_at": "Sun Aug 08 05:50:15 +0000 2021",
      "favorited": false,
      "full_text": "@north_wire د کندز په ښار کې اوس هم جګړه روانه ده.",
      "lang": "ps",
      "in_reply_to_status_id": "1424245277455286274",
      "in_reply_to_status_id_str": "1424245277455286274",
      "in_reply_to_screen_name": "north_wire"
    }
  },
  {
    "tweet": {
      "retweeted": false,
      "source": "<a href=\"https://example.org\" rel=\"nofollow\">Desk</a>",
      "entities": {
        "hashtags": [],
        "urls": [],
        "user_mentions": []
      },
      "display_text_range": [
        "0",
        "74"
      ],
      "favorite_count": "3",
      "id_str": "1424251610854326276",
      "id": "1424251610854326276",
      "truncated": false,
      "retweet_count": "1",
      "created_at": "Sun Aug 08 06:10:20 +0000 2021",
      "favorited": false,
      "full_text": "RT @north_wire: Police in Kunduz say the southern gate of the city is closed to traffic, that shops on the main square have stayed shut sin…",
      "lang": "en"
    }
  }
]